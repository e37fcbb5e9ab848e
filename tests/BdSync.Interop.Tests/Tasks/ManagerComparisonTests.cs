using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>
/// The same task file and the same files given to bdsync-manager and to this program under its name: what comes of it, the exit status and the log at level
/// info are the same, or differ as docs/moving-from-bdsync-manager.md says.
/// </summary>
public sealed class ManagerComparisonTests : IDisposable
{
    private const string Second = "\n[second]\nsource_path = SOURCE\ntarget_path = TARGETS/second\n";

    private readonly IReadOnlyList<string> manager = TestEnvironment.RequireManager();
    private readonly string stock = TestEnvironment.RequireStockTool();
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("apply_patch_in_place = yes")]
    [InlineData("apply_patch_in_place = On\nTarget_Patch_Dir =")]
    [InlineData("target_path = TARGETS/new\ncreate_target_if_missing = yes\nbdsync_args = --diffsize=resize")]
    [InlineData("target_path = TARGETS/new\ncreate_target_if_missing = yes\nbdsync_args = --diffsize=resize\napply_patch_in_place = yes")]
    [InlineData("target_path = TARGETS/new\ncreate_target_if_missing = yes\napply_patch_in_place = yes")]
    [InlineData("disabled = yes")]
    [InlineData("bdsync_args = --twopass --blocksize=1000\n  '--diffsize=resize'")]
    [InlineData("name = %(nick)s\nnick = second\ntarget_path: TARGETS/%(name)s")]
    [InlineData("target_path = TARGETS/it's \"100%%\"\ncreate_target_if_missing = 1\nbdsync_args = --diffsize=resize")]
    [InlineData("target_path = TARGETS/short\napply_patch_in_place = yes" + Second)]
    [InlineData("disabled = yes" + Second)]
    [InlineData("connection_command = CONNECT\nremote_bdsync_bin = STOCK")]
    [InlineData("connection_command = CONNECT\nremote_bdsync_bin = STOCK\napply_patch_in_place = yes")]
    [InlineData("connection_command = CONNECT\nremote_bdsync_bin = STOCK\ntarget_path = TARGETS/new\ncreate_target_if_missing = yes\nbdsync_args = --diffsize=resize")]
    [InlineData("connection_command = CONNECT\nremote_bdsync_bin = /nonexistent\napply_patch_in_place = yes" + Second)]
    public Task Runs_come_to_the_same(string lines) => CompareAsync(GetTask(lines));

    [Theory]
    [InlineData("--task", "second", "--task", "first", "--task", "second")]
    [InlineData("--task=nope", "--task", "second")]
    [InlineData("--task", "nope")]
    [InlineData("--task", "DEFAULT")]
    [InlineData("--task", "SECOND")]
    [InlineData("--log-level", "debug", "--log-level", "warning")]
    [InlineData("--lo=error", "--ta", "nope")]
    [InlineData("--bogus")]
    [InlineData("word")]
    [InlineData("--log-level", "loud")]
    [InlineData("--task")]
    [InlineData("--help")]
    [InlineData("--version")]
    public Task Command_lines_mean_the_same(params string[] options) => CompareAsync(GetTask(Second), options);

    [Theory]
    [InlineData("source_path = /nonexistent")]
    [InlineData("source_path =")]
    [InlineData("target_path = /nonexistent/target")]
    [InlineData("target_patch_dir =")]
    [InlineData("target_patch_dir = /nonexistent")]
    [InlineData("bandwidth_limit = 0")]
    [InlineData("bandwidth_limit = 10kb")]
    [InlineData("connection_command = CONNECT")]
    [InlineData("lvm_snapshot_enabled = yes\nlvm_program_path = /nonexistent\nlvm_snapshot_size = 1g")]
    [InlineData("disabled = yes\ndisabled = no")]
    [InlineData("junk")]
    [InlineData("disabled = no\n[first]")]
    public async Task Errors_of_the_file_keep_all_from_running(string lines)
    {
        var text = GetTask(lines);
        Assert.Equal(2, (await RunManagerAsync(text)).ExitCode);
        var ours = await RunOursAsync(text);
        Assert.Equal(2, ours.ExitCode);
        Assert.NotEmpty(ours.Log);
        Assert.Equal(folder.Devices.Target, ours.Targets["first"].AsSpan());
    }

    [Theory]
    [InlineData("/nonexistent/file")]
    [InlineData("/tmp")]
    public async Task A_file_that_cannot_be_read_is_named(string path)
    {
        // A usage message there, a line of the log here.
        Assert.Equal(2, (await RunManagerAsync("", "--config", path)).ExitCode);
        var ours = await RunOursAsync("", "--config", path);
        Assert.Equal(2, ours.ExitCode);
        Assert.Contains(path, Assert.Single(ours.Log), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[DEFAULT]\nsource_path = x\n")]
    public Task Files_without_tasks_are_nothing_to_do(string text) => CompareAsync(text);

    /// <summary>Each of these is a line of the table "Differences on purpose".</summary>
    [Theory]
    [InlineData(1, 3, "target_path = TARGETS/missing")]
    [InlineData(0, 3, "target_path = SOURCE")]
    [InlineData(1, 0, "disabled = y")]
    [InlineData(1, 2, "disabled = maybe")]
    [InlineData(1, 2, "bandwidth_limit = %(nope)s")]
    [InlineData(1, 2, "bdsync_args = 'open")]
    [InlineData(1, 0, "bandwidth_limit = 1000000b")]
    [InlineData(2, 0, "target_path = bare")]
    [InlineData(2, 0, "local_bdsync_bin = /nonexistent")]
    [InlineData(3, 2, "source_path = /tmp")]
    [InlineData(3, 2, "target_path = /tmp")]
    [InlineData(3, 2, "bdsync_args = --bogus")]
    [InlineData(3, 0, "bdsync_args = --hash=sha1")]
    [InlineData(3, 0, "connection_command = CONNECT\nremote_bdsync_bin = STOCK\ntarget_path = TARGETS/a b\ncreate_target_if_missing = yes\nbdsync_args = --diffsize=resize")]
    [InlineData(3, 0, "connection_command = env LC_ALL=C\nremote_bdsync_bin = STOCK")]
    [InlineData(3, 3, "connection_command = /bin/false\nremote_bdsync_bin = STOCK\ncreate_target_if_missing = yes")]
    [InlineData(1, 3, "connection_command = /nonexistent\nremote_bdsync_bin = STOCK")]
    [InlineData(3, 3, "target_path = TARGETS/short")]
    public async Task Differences_are_on_purpose(int managerStatus, int ourStatus, string lines)
    {
        var text = GetTask(lines);
        Assert.Equal(managerStatus, (await RunManagerAsync(text)).ExitCode);
        Array.ForEach(folder.Patches, File.Delete);
        Assert.Equal(ourStatus, (await RunOursAsync(text)).ExitCode);
        Assert.Empty(folder.Patches);
    }

    [Fact]
    public async Task A_task_without_its_target_does_not_keep_the_next_from_running()
    {
        var text = GetTask("target_path = TARGETS/missing" + Second);
        var expected = await RunManagerAsync(text);
        Assert.Equal(folder.Devices.Target, expected.Targets["second"].AsSpan());
        var actual = await RunOursAsync(text);
        Assert.Equal(folder.Devices.Source, actual.Targets["second"].AsSpan());
    }

    [Fact]
    public async Task Levels_may_be_in_upper_case()
    {
        var text = GetTask("");
        Assert.Equal(2, (await RunManagerAsync(text, "--log-level", "INFO")).ExitCode);
        Assert.Equal(0, (await RunOursAsync(text, "--log-level", "INFO")).ExitCode);
    }

    private string GetTask(string lines)
    {
        string[] usual = [$"local_bdsync_bin = {stock}", "source_path = SOURCE", "target_path = TARGETS/first", $"target_patch_dir = {folder.Work["patches"]}"];
        return $"[DEFAULT]\n{string.Join('\n', usual)}\n[first]\n{lines}\n"
            .Replace("SOURCE", folder.Work["source"], StringComparison.Ordinal).Replace("TARGETS", folder.Work["targets"], StringComparison.Ordinal)
            .Replace("CONNECT", folder.ConnectionCommand, StringComparison.Ordinal).Replace("STOCK", stock, StringComparison.Ordinal);
    }

    private async Task CompareAsync(string text, params string[] options)
    {
        var expected = await RunManagerAsync(text, options);
        Array.ForEach(folder.Patches, File.Delete);
        var actual = await RunOursAsync(text, options);
        actual.ShouldBe(expected);
        Assert.Empty(folder.Patches);
    }

    private Task<ManagerOutcome> RunManagerAsync(string text, params string[] options) => RunAsync(manager[0], [manager[1]], text, options);

    private Task<ManagerOutcome> RunOursAsync(string text, params string[] options)
    {
        File.Delete(folder.Work["bdsync-manager"]);
        File.CreateSymbolicLink(folder.Work["bdsync-manager"], Tool.Ours);
        return RunAsync(folder.Work["bdsync-manager"], [], text, options);
    }

    private async Task<ManagerOutcome> RunAsync(string program, string[] start, string text, string[] options)
    {
        if (Directory.Exists(folder.Work["targets"]))
        {
            Directory.Delete(folder.Work["targets"], recursive: true);
        }

        Directory.CreateDirectory(folder.Work["targets"]);
        folder.Work.Write("targets/first", folder.Devices.Target);
        folder.Work.Write("targets/second", folder.Devices.Target);
        folder.Work.Write("targets/short", [1, 2, 3]);
        folder.Work.Write("bare", folder.Devices.Target);
        folder.Work.Write("tasks.conf", System.Text.Encoding.UTF8.GetBytes(text));
        string[] level = options.Any(option => option.StartsWith("--lo", StringComparison.Ordinal)) ? [] : ["--log-level", "info"];
        var result = await folder.Work.RunAsync(program, [.. start, "--config", folder.Work["tasks.conf"], .. level, .. options]);
        return ManagerOutcome.Create(result.ExitCode, result.Errors, folder.Work["targets"]);
    }
}
