namespace BdSync.Interop.Tests.Tasks;

/// <summary>Shell commands around tasks and runs.</summary>
public sealed class TaskHookTests : IDisposable
{
    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Hooks_learn_what_happened()
    {
        var dump = $"env | grep ^BDSYNC_ | grep -v -e ^BDSYNC_STOCK -e ^BDSYNC_TEST -e ^BDSYNC_PROGRAM -e ^BDSYNC_MANAGER | sort > {folder.Work.Path}/$BDSYNC_HOOK";
        folder.WriteConfiguration(
            $"[DEFAULT]\nrun_before = {dump}\nrun_after = {dump}\nrun_on_error = {dump}\nrun_first = {dump}\nrun_last = {dump}\n"
            + folder.GetTask("good") + folder.GetTask("bad", $"target_path = {folder.Work["nothing"]}"));

        (await folder.RunAsync()).ShouldExitWith(3);

        Assert.Equal(["BDSYNC_HOOK=run_first"], Read("run_first"));
        var after = Read("run_after");
        Assert.Contains("BDSYNC_TASK=good", after);
        Assert.Contains("BDSYNC_RESULT=success", after);
        Assert.Contains("BDSYNC_SOURCE_SIZE=1234567", after);
        Assert.Contains("BDSYNC_TARGET_SIZE=1234567", after);
        Assert.Contains(after, line => line.StartsWith("BDSYNC_SECONDS=", StringComparison.Ordinal));
        Assert.Contains(after, line => line.StartsWith("BDSYNC_PATCH_SIZE=", StringComparison.Ordinal));
        var error = Read("run_on_error");
        Assert.Contains("BDSYNC_TASK=bad", error);
        Assert.Contains("BDSYNC_RESULT=failure", error);
        Assert.Contains(error, line => line.StartsWith("BDSYNC_ERROR=The target", StringComparison.Ordinal));
        var last = Read("run_last");
        Assert.Contains("BDSYNC_RESULT=failure", last);
        Assert.Contains("BDSYNC_EXIT_STATUS=3", last);
        Assert.Contains("BDSYNC_SUCCEEDED=good", last);
        Assert.Contains("BDSYNC_FAILED=bad", last);
    }

    [Fact]
    public async Task A_failing_run_before_keeps_the_task_from_touching_anything()
    {
        File.Delete(folder.Work["target"]);
        folder.Configure("run_before = echo frozen; exit 5", "create_target_if_missing = yes", $"run_on_error = touch {folder.Work["thawed"]}", $"run_after = touch {folder.Work["after"]}");

        var result = (await folder.RunAsync("--log-level", "info")).ShouldExitWith(3);

        Assert.Contains("[Task data] INFO: run_before: frozen", result.Errors, StringComparison.Ordinal);
        Assert.Contains("run_before ended with exit status 5", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Work["target"]));
        Assert.True(File.Exists(folder.Work["thawed"]));
        Assert.False(File.Exists(folder.Work["after"]));
    }

    [Fact]
    public async Task A_failing_run_first_keeps_the_run_from_starting()
    {
        folder.WriteConfiguration($"[DEFAULT]\nrun_first = false\nrun_last = touch {folder.Work["last"]}\n{folder.GetTask("data")}");

        (await folder.RunAsync()).ShouldExitWith(3);

        folder.TargetShouldBeOld();
        Assert.True(File.Exists(folder.Work["last"]));
    }

    [Fact]
    public async Task A_failing_run_after_is_a_failure_though_the_target_is_new()
    {
        folder.Configure("run_after = false");

        Assert.Contains("run_after", (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_hook_that_hangs_is_ended()
    {
        folder.Configure("run_before = sleep 1000", "run_time_limit = 1s");

        Assert.Contains("run_time_limit", (await folder.RunAsync()).ShouldExitWith(3).Errors, StringComparison.Ordinal);
        folder.TargetShouldBeOld();
    }

    private string[] Read(string name) => File.ReadAllLines(folder.Work[name]);
}
