using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>Signals and sudden deaths at any moment.</summary>
public sealed class TaskSignalTests : IDisposable
{
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2, false)]
    [InlineData(15, false)]
    [InlineData(15, true)]
    public async Task A_signal_while_comparing_cleans_up(int signal, bool remote)
    {
        folder.Configure([
            "bandwidth_limit = 1k", $"run_on_error = echo \"$BDSYNC_RESULT\" > {folder.Work["result"]}",
            .. remote ? new[] { $"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {Tool.Ours}" } : []]);
        await using var run = folder.Start();
        await WaitForPatchAsync();

        run.Signal(signal);
        var result = (await run.WaitAsync()).ShouldExitWith(4);

        Assert.Contains("[Task data] ERROR: Terminated via user input", result.Errors, StringComparison.Ordinal);
        Assert.Empty(folder.Patches);
        folder.TargetShouldBeOld();
        Assert.Equal("cancelled\n", await File.ReadAllTextAsync(folder.Work["result"], TestContext.Current.CancellationToken));
        await NothingShouldRunAsync();
    }

    /// <summary>timeout(1) signals its child, and then its group; a terminal that is closed and its shell do likewise.</summary>
    [Theory]
    [InlineData(15, 15)]
    [InlineData(15, 1)]
    [InlineData(1, 1)]
    public async Task A_signal_that_comes_doubled_is_one(int first, int second)
    {
        folder.Configure("bandwidth_limit = 1k");
        await using var run = folder.Start();
        await WaitForPatchAsync();

        run.Signal(first);
        run.Signal(second);

        (await run.WaitAsync()).ShouldExitWith(4);
        Assert.Empty(folder.Patches);
    }

    /// <summary>What is run whatever happened must not hold up a machine that shuts down.</summary>
    [Theory]
    [InlineData("run_on_error")]
    [InlineData("run_last")]
    public async Task A_signal_leaves_little_time_to_hooks_that_run_all_the_same(string hook)
    {
        var command = $"{hook} = touch {folder.Work["begun"]}; exec sleep 1000";
        folder.WriteConfiguration($"[DEFAULT]\n{command}\n{folder.GetTask("bad", $"target_path = {folder.Work["nothing"]}")}");
        await using var run = folder.Start();
        await TaskFailureTests.WaitForAsync(folder.Work["begun"]);

        run.Signal(15);

        var result = (await run.WaitAsync()).ShouldExitWith(hook == "run_last" ? 3 : 4);
        Assert.Contains("20 seconds", result.Errors, StringComparison.Ordinal);
        await NothingShouldRunAsync();
    }

    [Fact]
    public async Task A_signal_while_applying_keeps_the_patch()
    {
        var remote = folder.Work.WriteScript("remote", $"case \"$*\" in *--patch*) touch {folder.Work["applying"]}; exec sleep 1000;; *) exec {Tool.Ours} \"$@\";; esac");
        folder.Configure($"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {remote}");
        await using var run = folder.Start();
        await TaskFailureTests.WaitForAsync(folder.Work["applying"]);

        run.Signal(15);
        var result = (await run.WaitAsync()).ShouldExitWith(4);

        Assert.Contains(Assert.Single(folder.Patches), result.Errors, StringComparison.Ordinal);
        Assert.Contains("finishes the job", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_that_wait_are_not_begun_after_a_signal()
    {
        folder.WriteConfiguration(folder.GetTask("first", $"run_before = touch {folder.Work["begun"]}; exec sleep 1000") + folder.GetTask("second"));
        await using var run = folder.Start();
        await TaskFailureTests.WaitForAsync(folder.Work["begun"]);

        run.Signal(2);

        (await run.WaitAsync()).ShouldExitWith(4);
        folder.TargetShouldBeOld();
    }

    /// <summary>After kill -9 at any time the target is old, or a patch is there that finishes it; one more run makes it equal.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    [InlineData(true, 4)]
    public async Task After_a_sudden_death_nothing_is_lost(bool remote, int seed)
    {
        var random = new Random(seed);
        folder.Configure([
            "bandwidth_limit = 300k",
            .. remote ? new[] { $"connection_command = {folder.ConnectionCommand}", $"remote_bdsync_bin = {Tool.Ours}" } : []]);
        for (var round = 0; round < 6; round++)
        {
            folder.Work.Write("target", folder.Devices.Target);
            await using (var run = folder.Start())
            {
                await Task.Delay(random.Next(1500), TestContext.Current.CancellationToken);
                if (!run.HasExited)
                {
                    run.Signal(9);
                }
            }

            await NothingShouldRunAsync();
            if (!folder.Work.Read("target").AsSpan().SequenceEqual(folder.Devices.Target))
            {
                // Whole, or being applied: in both cases what is there makes it whole.
                foreach (var patch in folder.Patches)
                {
                    (await folder.Work.RunAsync("sh", ["-c", $"{Tool.Ours} --patch < {patch}"])).ShouldExitWith(0);
                }

                folder.TargetShouldBeNew();
            }

            (await folder.RunAsync("--set", "bandwidth_limit=")).ShouldExitWith(0);
            folder.TargetShouldBeNew();
            foreach (var patch in folder.Patches)
            {
                File.Delete(patch);
            }
        }
    }

    private async Task WaitForPatchAsync()
    {
        for (var left = 600; folder.Patches is not [var patch] || new FileInfo(patch).Length == 0; left--)
        {
            Assert.True(left > 0, "No patch appeared.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    // Whatever a run starts has the folder in its arguments, or in those of the shell around it.
    private async Task NothingShouldRunAsync()
    {
        for (var left = 300; ; left--)
        {
            var result = await folder.Work.RunAsync("pgrep", ["-a", "-f", folder.Work.Path]);
            if (result.ExitCode == 1)
            {
                return;
            }

            Assert.True(left > 0, $"Still running: {result.OutputText}");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
