using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Tasks.Reports;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>Random samples behind a run (<c>audit</c>), and <c>bdsync verify --task</c>.</summary>
public sealed class TaskAuditTests : IDisposable
{
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("push", nameof(Implementation.Ours), "10%")]
    [InlineData("push", nameof(Implementation.Stock), "100")]
    [InlineData("pull", nameof(Implementation.Ours), "1%")]
    [InlineData("local", nameof(Implementation.Ours), "100%")]
    public async Task A_good_run_says_what_its_audit_proved(string kind, string remote, string sample)
    {
        folder.Configure([.. GetConnection(kind, remote), $"audit = {sample}"]);
        var result = (await folder.RunAsync("--log-level", "info", "--log-format", "json")).ShouldExitWith(0);
        Assert.Contains("Audited: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("\"total\":302,", result.Errors, StringComparison.Ordinal);
        folder.TargetShouldBeNew();

        var verified = (await VerifyAsync()).ShouldExitWith(0);
        Assert.Contains("are the same: all 302 blocks", verified.OutputText, StringComparison.Ordinal);
        Assert.Contains("without a snapshot", verified.OutputText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(Implementation.Ours))]
    [InlineData(nameof(Implementation.Stock))]
    public async Task A_target_that_does_not_keep_what_is_written_is_noticed(string remote)
    {
        var program = Tool.Require(Enum.Parse<Implementation>(remote));
        var damage = $"head -c 1000000 /dev/zero | dd of='{folder.Work["target"]}' conv=notrunc 2>/dev/null";
        var script = folder.Work.WriteScript("remote", $"case \"$*\" in *--patch*) {program} \"$@\"; s=$?; {damage}; exit $s;; *) exec {program} \"$@\";; esac");
        folder.Configure($"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {script}", "audit = 50%");

        var result = (await folder.RunAsync()).ShouldExitWith(3);

        Assert.Contains("[Task data] ERROR: The audit failed: ", result.Errors, StringComparison.Ordinal);
        Assert.Contains("of 151 randomly chosen blocks differ, out of 302", result.Errors, StringComparison.Ordinal);

        // The patch that mends a task's target is for the target.
        var verified = (await VerifyAsync("--repair-patch", folder.Work["repair"])).ShouldExitWith(14);
        Assert.Contains("245 of them differ", verified.OutputText, StringComparison.Ordinal);
        (await folder.Work.RunAsync(Tool.Ours, ["--patch"], folder.Work.Read("repair"))).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_report_has_what_it_found()
    {
        folder.Configure([.. GetConnection("push", nameof(Implementation.Ours)), "audit = 25%", "verify = yes"]);
        var files = new ReportFiles(folder);
        (await folder.RunAsync(files.Options)).ShouldExitWith(0);
        var task = files.ReadTask();
        var audit = task.GetProperty("audit");
        Assert.Equal((76, 302, 0), (audit.GetProperty("checked_blocks").GetInt32(), audit.GetProperty("total_blocks").GetInt32(), audit.GetProperty("differing_blocks").GetInt32()));

        // The last block is not a whole one.
        Assert.InRange(audit.GetProperty("costs").GetProperty("remote_read_bytes").GetInt64(), 75 * 4096, 76 * 4096);
        Assert.Equal(folder.Devices.Source.Length, task.GetProperty("verify").GetProperty("costs").GetProperty("remote_read_bytes").GetInt64());
    }

    [Theory]
    [InlineData("audit = 0")]
    [InlineData("audit = 0%")]
    [InlineData("audit = 101%")]
    [InlineData("audit = some")]
    public async Task What_is_no_sample_is_refused(string line)
    {
        folder.Configure(line);
        Assert.Contains("is no sample", (await folder.RunAsync()).ShouldExitWith(2).Errors, StringComparison.Ordinal);
        folder.TargetShouldBeOld();
    }

    [Fact]
    public async Task A_pulled_target_is_mended_by_its_patch()
    {
        folder.Configure(GetConnection("pull", nameof(Implementation.Ours)));
        (await VerifyAsync("--repair-patch", folder.Work["repair"], "--set", "verify=no")).ShouldExitWith(14);
        (await folder.Work.RunAsync(Tool.Ours, ["--patch"], folder.Work.Read("repair"))).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_task_that_is_not_there_is_an_error()
    {
        folder.Configure();
        Assert.Contains("There is no task", (await folder.Work.RunAsync(Tool.Ours, ["verify", "--config", folder.Work["tasks.conf"], "--task", "other"])).ShouldExitWith(1).Errors, StringComparison.Ordinal);
    }

    private Task<ProgramResult> VerifyAsync(params string[] words) => folder.Work.RunAsync(Tool.Ours, ["verify", "--config", folder.Work["tasks.conf"], "--task", "data", .. words]);

    private string[] GetConnection(string kind, string remote) => kind == "local"
        ? []
        : [$"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {Tool.Require(Enum.Parse<Implementation>(remote))}", $"direction = {kind}"];
}
