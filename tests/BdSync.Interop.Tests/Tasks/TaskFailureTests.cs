using BdSync.Interop.Tests.LoopDevices;
using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>What a run does where something goes wrong: the target is as it was, or there is a patch that finishes the job.</summary>
public sealed class TaskFailureTests : IDisposable
{
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_task_that_fails_does_not_stop_the_next()
    {
        folder.WriteConfiguration(folder.GetTask("first", $"target_path = {folder.Work["nothing"]}") + folder.GetTask("second"));

        var result = (await folder.RunAsync()).ShouldExitWith(3);

        Assert.StartsWith("[Task first] ERROR: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Contains("create_target_if_missing", result.Errors, StringComparison.Ordinal);
        folder.TargetShouldBeNew();
    }

    // A volume that isn't active: its path is free for anything.
    [Fact]
    public async Task No_file_is_made_among_the_devices()
    {
        var path = $"/dev/bdsync-test-{Guid.NewGuid():N}";
        folder.Configure($"target_path = {path}", "create_target_if_missing = yes");

        Assert.Contains("no device", (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task A_bad_section_keeps_all_from_running()
    {
        folder.WriteConfiguration(folder.GetTask("first") + folder.GetTask("second", "bandwidth_limit = 0", "verify = perhaps"));

        var result = (await folder.RunAsync("--task", "first")).ShouldExitWith(2);

        Assert.Contains("second", result.Errors, StringComparison.Ordinal);
        Assert.Contains("bandwidth_limit", result.Errors, StringComparison.Ordinal);
        Assert.Contains("verify", result.Errors, StringComparison.Ordinal);
        folder.TargetShouldBeOld();
    }

    [Theory]
    [InlineData("bandwidth_limit = 40k")]
    [InlineData("patch_compression = zstd", "bandwidth_limit = 40k")]
    public async Task Comparing_that_fails_leaves_no_patch_and_the_old_target(params string[] lines)
    {
        // The patch takes half a minute; the other side is gone long before.
        using var folder = new TaskFolder("different");
        var server = folder.Work.WriteScript("server", $"case \"$*\" in *--server*) (sleep 2; kill -9 $$) >/dev/null 2>&1 & ;; esac; exec {Tool.Ours} \"$@\"");
        folder.Configure([$"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {server}", .. lines]);

        var result = (await folder.RunAsync()).ShouldExitWith(3);

        Assert.Contains("[Task data] ERROR: ", result.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeOld();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Applying_that_fails_keeps_the_patch_and_names_the_command_that_finishes(string compression)
    {
        var remote = folder.Work.WriteScript("remote", $"case \"$*\" in *--patch*) echo 'no luck' >&2; exit 9;; *) exec {Tool.Ours} \"$@\";; esac");
        folder.Configure($"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {remote}", $"patch_compression = {compression}");

        var result = (await folder.RunAsync()).ShouldExitWith(3);

        var patch = Assert.Single(folder.Patches);
        Assert.Contains(patch, result.Errors, StringComparison.Ordinal);
        Assert.Contains("no luck", result.Errors, StringComparison.Ordinal);
        folder.TargetShouldBeOld();

        // As a person would: the program works again, the command is copied from the log.
        folder.Work.WriteScript("remote", $"exec {Tool.Ours} \"$@\"");
        var command = result.Errors[(result.Errors.IndexOf("finishes the job: ", StringComparison.Ordinal) + "finishes the job: ".Length)..].Trim();
        (await folder.Work.RunAsync("sh", ["-c", command])).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task Applying_that_fails_here_keeps_the_patch_too()
    {
        // The target is read-only for the patch alone: comparing can read it.
        LoopDevice.Require();
        folder.Work.Write("image", new byte[65536]);
        await using var device = await LoopDevice.AttachAsync(folder.Work, "image", readOnly: true);
        folder.Work.Write("source", [.. Enumerable.Repeat((byte)1, 65536)]);
        folder.Configure($"target_path = {device.Path}");

        var result = (await folder.RunAsync()).ShouldExitWith(3);

        Assert.Contains("read-only", result.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
    }

    [Fact]
    public async Task A_second_run_of_a_task_leaves()
    {
        folder.Configure($"run_before = touch {folder.Work["begun"]}; while [ ! -e {folder.Work["go"]} ]; do sleep 0.05; done");
        await using var first = folder.Start();
        await WaitForAsync(folder.Work["begun"]);

        var second = (await folder.RunAsync()).ShouldExitWith(3);

        Assert.Contains("Another run", second.Errors, StringComparison.Ordinal);
        folder.TargetShouldBeOld();
        folder.Work.Write("go", []);
        (await first.WaitAsync()).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_lock_dies_with_its_holder()
    {
        folder.Configure($"run_before = touch {folder.Work["begun"]}; exec sleep 1000");
        await using (var first = folder.Start())
        {
            await WaitForAsync(folder.Work["begun"]);
            first.Signal(9);
        }

        (await folder.RunAsync("--set", "run_before=true")).ShouldExitWith(0);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task Source_and_target_must_not_be_the_same()
    {
        File.Delete(folder.Work["target"]);
        File.CreateSymbolicLink(folder.Work["target"], folder.Work["source"]);
        folder.Configure();

        Assert.Contains("same device", (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_in_use_is_refused()
    {
        LoopDevice.Require();
        await using var device = await LoopDevice.AttachAsync(folder.Work, "target");
        folder.Configure();

        Assert.Contains(device.Path, (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
        folder.TargetShouldBeOld();

        folder.Configure($"source_path = {folder.Work["target"]}", $"target_path = {device.Path}");
        Assert.Contains("same device", (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_in_use_is_known_through_links_to_its_folder()
    {
        LoopDevice.Require();
        await using var device = await LoopDevice.AttachAsync(folder.Work, "target");
        Directory.CreateSymbolicLink(folder.Work["link"], folder.Work.Path);
        folder.Configure($"target_path = {folder.Work["link"]}/target");

        Assert.Contains(device.Path, (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
        folder.TargetShouldBeOld();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_full_disk_for_patches_is_a_clear_error(bool remote)
    {
        LoopDevice.Require();
        await using var small = await MountPoint.MountAsync(folder.Work, "small", "-t", "tmpfs", "-o", "size=16k", "none");
        folder.Configure([$"target_patch_dir = {folder.Work["small"]}", .. remote ? new[] { $"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {Tool.Ours}" } : []]);

        var result = (await folder.RunAsync()).ShouldExitWith(3);

        Assert.Contains("No space left on device", result.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Work["small"]));
        folder.TargetShouldBeOld();
    }

    [Fact]
    public async Task A_patch_that_is_damaged_on_the_way_is_noticed()
    {
        // Sizes stay the same: only the digest can tell.
        var script = folder.Work.WriteScript("connect", $"shift; cd '{folder.Work.Path}'; case \"$*\" in *'cat >'*) tr 'a-m' 'A-M' | sh -c \"$*\";; *) exec sh -c \"$*\";; esac");
        folder.Configure($"connection_command = {script} host", $"remote_bdsync_bin = {Tool.Ours}");

        var result = (await folder.RunAsync()).ShouldExitWith(3);

        Assert.Contains("damaged on the way", result.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeOld();
    }

    [Fact]
    public async Task A_patch_that_arrives_in_part_is_noticed()
    {
        var script = folder.Work.WriteScript("connect", $"shift; cd '{folder.Work.Path}'; case \"$*\" in *'cat >'*) head -c 3000 | sh -c \"$*\"; cat > /dev/null;; *) exec sh -c \"$*\";; esac");
        folder.Configure($"connection_command = {script} host", $"remote_bdsync_bin = {Tool.Ours}");

        Assert.Contains("did not arrive whole", (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeOld();
    }

    internal static async Task WaitForAsync(string path)
    {
        for (var left = 600; !File.Exists(path); left--)
        {
            Assert.True(left > 0, $"{path} did not appear.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
