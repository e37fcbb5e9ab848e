using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>What a run does where all goes well, with local targets.</summary>
public sealed class TaskRunTests : IDisposable
{
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_good_run_says_nothing_and_leaves_no_patch()
    {
        folder.Configure();

        var result = (await folder.RunAsync()).ShouldExitWith(0);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task The_log_has_what_scripts_look_for()
    {
        folder.Configure();

        var lines = (await folder.RunAsync("--log-level", "info")).ShouldExitWith(0).ErrorLines;

        Assert.Matches(@"^\[Task data\] INFO: Patch Generate Time: 0:00:\d\d\.\d{6}$", lines[0]);
        Assert.Matches(@"^\[Task data\] INFO: Patch Size: \d+\.\dKiB$", lines[1]);
        Assert.Matches(@"^\[Task data\] INFO: Patch Apply Time: 0:00:\d\d\.\d{6}$", lines[2]);
        Assert.Equal(3, lines.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bandwidth_limit = 1g")]
    [InlineData("patch_compression = gzip", "bandwidth_limit = 1g")]
    [InlineData("verify = yes")]
    public async Task In_place(params string[] lines)
    {
        folder.Configure(["apply_patch_in_place = yes", "target_patch_dir = ", .. lines]);

        var result = (await folder.RunAsync("--log-level", "info")).ShouldExitWith(0);

        Assert.Matches(@"\[Task data\] INFO: Change Apply Time: 0:00:\d\d\.\d{6}\n", result.Errors);
        folder.TargetShouldBeNew();
    }

    [Theory]
    [InlineData("patch_compression = gzip")]
    [InlineData("patch_compression = zstd")]
    [InlineData("verify = yes")]
    [InlineData("bdsync_args = --twopass --blocksize=1000 --diffsize=resize --zeroblocks")]
    [InlineData("client_args = --checksum=sha256", "patch_args = --verbose")]
    public async Task Stored(params string[] lines)
    {
        folder.Configure(lines);

        (await folder.RunAsync()).ShouldExitWith(0);

        Assert.Empty(folder.Patches);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_missing_target_is_made_where_the_task_says_so()
    {
        File.Delete(folder.Work["target"]);
        folder.Configure("create_target_if_missing = yes", "bdsync_args = --diffsize=resize");

        var result = (await folder.RunAsync()).ShouldExitWith(0);

        Assert.Equal($"[Task data] WARNING: Creating missing target file: {folder.Work["target"]}\n", result.Errors);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_disabled_task_is_left_out()
    {
        folder.Configure("disabled = yes");

        Assert.Equal("[Task data] INFO: Skipping disabled task\n", (await folder.RunAsync("--log-level", "INFO")).ShouldExitWith(0).Errors);
        folder.TargetShouldBeOld();
    }

    [Fact]
    public async Task The_bandwidth_limit_is_kept()
    {
        folder.Configure("bandwidth_limit = 20k", "bdsync_args = --diffsize=resize");
        folder.Work.Write("target", []);
        var start = TimeProvider.System.GetTimestamp();
        folder.Work.Write("source", new byte[60 * 1024].Select((_, index) => (byte)(index * 7)).ToArray());

        (await folder.RunAsync()).ShouldExitWith(0);

        // Faster would be wrong; slower is the machine's business.
        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromSeconds(2.5));
    }

    [Fact]
    public async Task Tasks_run_in_the_order_of_the_file_or_of_the_command_line()
    {
        folder.WriteConfiguration(string.Concat("cab".Select(name => folder.GetTask($"{name}", $"run_before = echo $BDSYNC_TASK >> {folder.Work["order"]}"))));

        (await folder.RunAsync()).ShouldExitWith(0);
        Assert.Equal(["c", "a", "b"], await File.ReadAllLinesAsync(folder.Work["order"], TestContext.Current.CancellationToken));
        File.Delete(folder.Work["order"]);

        var result = (await folder.RunAsync("--task", "b", "--task=nope", "--task", "c", "--task", "b")).ShouldExitWith(0);
        Assert.Equal(["b", "c", "b"], await File.ReadAllLinesAsync(folder.Work["order"], TestContext.Current.CancellationToken));
        Assert.Contains("Skipping unknown task: nope", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_makes_tasks_and_settings_of_the_command_line_win()
    {
        foreach (var name in new[] { "home", "mail" })
        {
            folder.Work.Write(name, folder.Devices.Source);
            folder.Work.Write($"{name}.copy", folder.Devices.Target);
        }

        folder.WriteConfiguration(
            $"[DEFAULT]\ntarget_patch_dir = {folder.Work["patches"]}\n[data-%(volume)s]\nvolumes = home\n  mail\nsource_path = {folder.Work.Path}/%(volume)s\ntarget_path = %(source_path)s.copy\n");

        (await folder.RunAsync("--set", "data-mail.disabled=yes")).ShouldExitWith(0);
        Assert.Equal(folder.Devices.Source, folder.Work.Read("home.copy").AsSpan());
        Assert.Equal(folder.Devices.Target, folder.Work.Read("mail.copy").AsSpan());

        (await folder.RunAsync("--task", "data-mail")).ShouldExitWith(0);
        Assert.Equal(folder.Devices.Source, folder.Work.Read("mail.copy").AsSpan());
    }

    [Fact]
    public async Task A_dry_run_tells_and_writes_nothing()
    {
        folder.Configure($"run_before = touch {folder.Work["hook"]}", "keep_patches = 3", "undo_patches = 3");

        var result = (await folder.RunAsync("--dry-run")).ShouldExitWith(0);

        Assert.Matches(@"^\[Task data\] WARNING: Dry run: \d+\.\dKiB of 1\.2MiB differ; the patch would have \d+\.\dKiB\. Nothing was written\.\n$", result.Errors);
        folder.TargetShouldBeOld();
        Assert.Empty(folder.Patches);
        Assert.False(File.Exists(folder.Work["hook"]));

        File.Delete(folder.Work["target"]);
        folder.Configure("create_target_if_missing = yes");
        Assert.Contains("would be created", (await folder.RunAsync("--dry-run")).ShouldExitWith(0).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Work["target"]));
    }

    [Fact]
    public async Task Under_the_name_of_bdsync_manager_it_takes_its_command_line()
    {
        folder.Configure();
        File.CreateSymbolicLink(folder.Work["bdsync-manager"], Tool.Ours);

        var result = await folder.Work.RunAsync(folder.Work["bdsync-manager"], ["--conf", folder.Work["tasks.conf"], "--log=info", "--t=data", "--task", "nope"]);

        result.ShouldExitWith(0);
        Assert.Contains("[Task data] INFO: Patch Apply Time: ", result.Errors, StringComparison.Ordinal);
        Assert.Matches(@"\[bdsync-manager\] [-0-9]+ [:,0-9]+ - Skipping unknown task: nope\n", result.Errors);
        folder.TargetShouldBeNew();
        Assert.Contains("bdsync-manager", (await folder.Work.RunAsync(folder.Work["bdsync-manager"], ["--version"])).ShouldExitWith(0).OutputText, StringComparison.Ordinal);
        Assert.Contains("--log-level", (await folder.Work.RunAsync(folder.Work["bdsync-manager"], ["--help"])).ShouldExitWith(0).OutputText, StringComparison.Ordinal);
        (await folder.Work.RunAsync(folder.Work["bdsync-manager"], ["--nonsense"])).ShouldExitWith(2);
        (await folder.Work.RunAsync(folder.Work["bdsync-manager"], ["--config", "/nonexistent"])).ShouldExitWith(2);
        (await folder.Work.RunAsync(folder.Work["bdsync-manager"], ["--config", "x", "--log-level", "loud"])).ShouldExitWith(2);
    }
}
