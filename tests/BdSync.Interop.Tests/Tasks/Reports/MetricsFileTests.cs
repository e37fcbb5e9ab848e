using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks.Reports;

/// <summary>Several runs, one metrics file.</summary>
public sealed class MetricsFileTests : IDisposable
{
    private readonly TaskFolder folder = new();
    private readonly ReportFiles files;

    public MetricsFileTests() => files = new(folder);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Runs_at_the_same_time_keep_each_others_lines()
    {
        const int count = 4;
        var runs = Enumerable.Range(0, count).Select(number =>
        {
            folder.Work.Write($"target{number}", folder.Devices.Target);
            var file = folder.Work[$"tasks{number}.conf"];
            File.WriteAllText(file, folder.GetTask($"task {number}", $"target_path = {folder.Work[$"target{number}"]}"));
            return folder.Work.RunAsync(Tool.Ours, ["run", "--config", file, "--metrics", files.MetricsPath]);
        }).ToList();

        Array.ForEach(await Task.WhenAll(runs), result => result.ShouldExitWith(0));

        Assert.All(Enumerable.Range(0, count), number =>
        {
            Assert.Equal("1", files.ReadMetric($"bdsync_task_last_run_success{{task=\"task {number}\"}}"));
            Assert.Equal("0", files.ReadMetric($"bdsync_run_last_exit_status{{config=\"{folder.Work[$"tasks{number}.conf"]}\"}}"));
        });
        Assert.Equal(count, files.History.Length);
    }

    [Fact]
    public async Task Lines_of_tasks_that_the_file_no_longer_has_go_and_those_that_were_not_chosen_stay()
    {
        string[] names = ["old", "off", "other", "data"];
        foreach (var name in names)
        {
            folder.Work.Write(name, folder.Devices.Target);
        }

        folder.WriteConfiguration(string.Concat(names.Select(name => folder.GetTask(name, $"target_path = {folder.Work[name]}"))));
        (await folder.RunAsync(files.Options)).ShouldExitWith(0);
        await File.AppendAllTextAsync(files.MetricsPath, "node_something 7\n", TestContext.Current.CancellationToken);
        folder.WriteConfiguration(string.Concat(names[1..].Select(name => folder.GetTask(name, $"target_path = {folder.Work[name]}", name == "off" ? "disabled = yes" : "disabled = no"))));

        var result = (await folder.RunAsync(["--task", "data", .. files.Options])).ShouldExitWith(0);

        Assert.Contains("1 lines of the metrics file", result.Errors, StringComparison.Ordinal);
        Assert.Equal([null, null, "1", "1"], names.Select(name => files.ReadMetric($"bdsync_task_last_run_success{{task=\"{name}\"}}")));
        Assert.DoesNotContain("\"old\"", await File.ReadAllTextAsync(files.MetricsPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_can_read_it_and_its_permissions_are_kept()
    {
        folder.Configure();
        (await folder.RunAsync(files.Options)).ShouldExitWith(0);
        Assert.Equal(UnixFileMode.OtherRead, File.GetUnixFileMode(files.MetricsPath) & UnixFileMode.OtherRead);

        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        File.SetUnixFileMode(files.MetricsPath, mode);
        (await folder.RunAsync(files.Options)).ShouldExitWith(0);
        Assert.Equal(mode, File.GetUnixFileMode(files.MetricsPath));
    }
}
