using System.Text.Json;
using BdSync.Interop.Tests.LoopDevices;
using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks.Reports;

/// <summary>What a run writes down of itself, however it ends.</summary>
public sealed class RunReportTests : IDisposable
{
    private readonly TaskFolder folder = new();
    private readonly ReportFiles files;

    public RunReportTests() => files = new(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_good_run_of_several_tasks()
    {
        folder.WriteConfiguration(folder.GetTask("data", "verify = yes") + folder.GetTask("off", "disabled = yes") + folder.GetTask("again", "apply_patch_in_place = yes", "target_patch_dir = "));

        Assert.Empty((await folder.RunAsync(files.Options)).ShouldExitWith(0).Errors);

        var report = files.ReadReport();
        Assert.Equal((0, false), (report.GetProperty("exit_status").GetInt32(), report.GetProperty("dry_run").GetBoolean()));
        Assert.Equal(folder.Work["tasks.conf"], report.GetProperty("config").GetString());
        Assert.Equal(["success", "disabled", "success"], GetResults(report));
        var task = files.ReadTask();
        Assert.Equal(folder.Devices.Source.Length, task.GetProperty("source_bytes").GetInt64());
        Assert.Equal(0, task.GetProperty("verify").GetProperty("differing_bytes").GetInt64());
        Assert.Equal(0, files.ReadTask("again").GetProperty("differing_bytes").GetInt64());
        Assert.True(files.ReadTask("again").GetProperty("in_place").GetBoolean());
        Assert.Equal(JsonValueKind.Null, files.ReadTask("off").GetProperty("costs").ValueKind);
        var phases = task.GetProperty("phases").EnumerateObject().Where(phase => phase.Name != "waiting").Sum(phase => phase.Value.GetDouble());
        Assert.Equal(task.GetProperty("seconds").GetDouble(), phases, 0.005);

        // The history has the same, and it is the file of a run.
        Assert.True(JsonElement.DeepEquals(report, ReportFiles.ReadReport(Assert.Single(files.History))));
    }

    [Fact]
    public async Task A_run_that_fails_keeps_the_time_of_the_last_success()
    {
        folder.Configure();
        (await folder.RunAsync(files.Options)).ShouldExitWith(0);
        const string success = "bdsync_task_last_success_timestamp_seconds{task=\"data\"}";
        var before = files.ReadMetric(success);
        Assert.NotNull(before);
        File.Delete(folder.Work["target"]);

        var result = (await folder.RunAsync(files.Options)).ShouldExitWith(3);

        Assert.Contains(files.ReadTask().GetProperty("error").GetString()!, result.Errors, StringComparison.Ordinal);
        Assert.Equal(["failure"], GetResults(files.ReadReport()));
        Assert.Equal((before, "0"), (files.ReadMetric(success), files.ReadMetric("bdsync_task_last_run_success{task=\"data\"}")));

        // Where the file is lost the history knows.
        File.Delete(files.MetricsPath);
        (await folder.RunAsync(files.Options)).ShouldExitWith(3);
        Assert.Equal(before, files.ReadMetric(success));
        File.Delete(files.MetricsPath);
        (await folder.RunAsync([.. files.Options, "--state", "none"])).ShouldExitWith(3);
        Assert.Equal("0", files.ReadMetric(success));
    }

    [Fact]
    public async Task A_signal_in_the_middle_is_written_down()
    {
        folder.WriteConfiguration(folder.GetTask("data", "bandwidth_limit = 1k") + folder.GetTask("next"));
        await using var run = folder.Start(files.Options);
        for (var left = 600; folder.Patches is not [var patch] || new FileInfo(patch).Length == 0; left--)
        {
            Assert.True(left > 0, "No patch appeared.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        run.Signal(15);
        (await run.WaitAsync()).ShouldExitWith(4);

        var report = files.ReadReport();
        Assert.Equal(4, report.GetProperty("exit_status").GetInt32());
        Assert.Equal(["cancelled", "not_run"], GetResults(report));
        Assert.True(files.ReadTask().GetProperty("costs").GetProperty("local_read_bytes").GetInt64() > 0);
        Assert.Equal("0", files.ReadMetric("bdsync_task_last_run_success{task=\"data\"}"));
        Assert.Null(files.ReadMetric("bdsync_task_last_run_success{task=\"next\"}"));
        Assert.Single(files.History);
    }

    [Theory]
    [InlineData("[data]\nsource_path = x\n", 2)]
    [InlineData("[DEFAULT]\nrun_first = false\n[data]\nsource_path = source\ntarget_path = target\napply_patch_in_place = yes\n", 3)]
    public async Task A_run_that_can_do_no_task_says_why(string configuration, int status)
    {
        folder.WriteConfiguration(configuration);

        (await folder.RunAsync(files.Options)).ShouldExitWith(status);

        var report = files.ReadReport();
        Assert.Equal(status, report.GetProperty("exit_status").GetInt32());
        Assert.Equal(status == 2 ? [] : ["not_run"], GetResults(report));
        Assert.Equal(status == 2, report.GetProperty("error").ValueKind == JsonValueKind.String);
        Assert.Equal($"{status}", files.ReadMetric($"bdsync_run_last_exit_status{{config=\"{folder.Work["tasks.conf"]}\"}}"));
    }

    [Theory]
    [InlineData("--report", "nowhere/report.json", "nowhere")]
    [InlineData("--metrics", "nowhere/bdsync.prom", "nowhere")]
    [InlineData("--report", "patches", "no regular file")]
    [InlineData("--report", "/dev/null", "no regular file")]
    public async Task What_can_not_be_written_is_an_error_before_anything_runs(string option, string path, string reason)
    {
        folder.Configure($"run_before = touch {folder.Work["hook"]}");

        var result = (await folder.RunAsync(option, path)).ShouldExitWith(2);

        Assert.Contains(reason, result.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was done", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Work["hook"]));
        Assert.Empty(files.History);
        folder.TargetShouldBeOld();
    }

    [Fact]
    public async Task A_full_disk_leaves_the_old_files_whole()
    {
        LoopDevice.Require();
        folder.Configure();
        await using var small = await MountPoint.MountAsync(folder.Work, "small", "-t", "tmpfs", "-o", "size=64k", "none");
        string[] options = ["--report", folder.Work["small/report.json"], "--metrics", folder.Work["small/bdsync.prom"]];
        (await folder.RunAsync(options)).ShouldExitWith(0);
        var (report, metrics) = (folder.Work.Read("small/report.json"), folder.Work.Read("small/bdsync.prom"));
        await folder.Work.RunAsync("sh", ["-c", "head -c 1m /dev/zero > small/rest"]);

        var result = (await folder.RunAsync([.. options, "--state", folder.Work["small/state"]])).ShouldExitWith(3);

        Assert.Equal(3, result.ErrorLines.Count(line => line.Contains("No space left on device", StringComparison.Ordinal)));
        Assert.Equal(report, folder.Work.Read("small/report.json"));
        Assert.Equal(metrics, folder.Work.Read("small/bdsync.prom"));
        Assert.Equal(3, Directory.EnumerateFiles(folder.Work["small"]).Count());
        folder.TargetShouldBeNew();
    }

    [Fact]
    public async Task A_sudden_death_leaves_whole_files()
    {
        folder.Configure();
        (await folder.RunAsync(files.Options)).ShouldExitWith(0);
        var random = new Random(5);
        for (var round = 0; round < 12; round++)
        {
            await using (var run = folder.Start(files.Options))
            {
                await Task.Delay(random.Next(700), TestContext.Current.CancellationToken);
                if (!run.HasExited)
                {
                    run.Signal(9);
                }
            }

            Assert.Equal(0, files.ReadReport().GetProperty("exit_status").GetInt32());
            Assert.StartsWith("# HELP", await File.ReadAllTextAsync(files.MetricsPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.NotNull(files.ReadMetric("bdsync_task_last_success_timestamp_seconds{task=\"data\"}"));
            Assert.All(files.History.Where(file => file.EndsWith(".json", StringComparison.Ordinal)), file => ReportFiles.ReadReport(file));
        }
    }

    [Fact]
    public async Task A_dry_run_has_a_report_and_nothing_else()
    {
        folder.Configure();

        (await folder.RunAsync("--dry-run", "--report", files.ReportPath)).ShouldExitWith(0);

        Assert.True(files.ReadReport().GetProperty("dry_run").GetBoolean());
        Assert.True(files.ReadTask().GetProperty("patch_bytes").GetInt64() > 0);
        Assert.Empty(files.History);
        (await folder.RunAsync("--dry-run", "--metrics", files.MetricsPath)).ShouldExitWith(2);
    }

    [Fact]
    public async Task Under_the_name_of_bdsync_manager_there_is_no_more_than_asked_for()
    {
        folder.Configure();
        File.CreateSymbolicLink(folder.Work["bdsync-manager"], Tool.Ours);
        string[] words = ["--config", folder.Work["tasks.conf"]];

        (await folder.Work.RunAsync(folder.Work["bdsync-manager"], words)).ShouldExitWith(0);
        Assert.Empty(files.History);

        var result = (await folder.Work.RunAsync(folder.Work["bdsync-manager"], [.. words, "--state", folder.Work["state"], "--summary", .. files.Options])).ShouldExitWith(0);
        Assert.Contains("1 of 1 ok", result.Errors, StringComparison.Ordinal);
        Assert.Single(files.History);
        Assert.Equal(["success"], GetResults(files.ReadReport()));
    }

    private static IEnumerable<string?> GetResults(JsonElement report) => report.GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("result").GetString());
}
