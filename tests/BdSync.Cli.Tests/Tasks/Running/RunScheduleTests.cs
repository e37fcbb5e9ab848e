using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Running;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Tasks.Running;

public class RunScheduleTests
{
    [Property(MaxTest = 200)]
    public async Task Each_task_runs_once_and_no_host_has_two_at_once(byte[] hosts, byte limit)
    {
        var tasks = hosts.Select((host, index) => CreateReport(index, host % 4)).ToList();
        var parallel = (limit % 5) + 1;
        var active = new HashSet<string>();
        var begun = new List<string>();

        var reports = await RunSchedule.RunAsync(tasks, parallel, RunAsync, CancellationToken.None);

        Assert.Equal(tasks.Select(task => task.Task.Name), reports.Select(report => report.Task.Name));
        Assert.All(tasks.GroupBy(GetHost), group => Assert.Equal(group.Select(task => task.Task.Name), begun.Where(name => group.Any(task => task.Task.Name == name))));

        async Task RunAsync(TaskReport report)
        {
            lock (active)
            {
                Assert.True(active.Add(GetHost(report)), "Two tasks of a host run at once.");
                Assert.True(active.Count <= parallel, "Too many tasks run at once.");
                begun.Add(report.Task.Name);
            }

            await Task.Yield();
            lock (active)
            {
                active.Remove(GetHost(report));
            }
        }
    }

    [Fact]
    public async Task Tasks_of_different_hosts_do_run_at_once()
    {
        using var meeting = new Barrier(3);
        var tasks = Enumerable.Range(0, 3).Select(index => CreateReport(index, index + 1)).ToList();

        var reports = await RunSchedule.RunAsync(
            tasks,
            3,
            task => Task.Run(() =>
            {
                Assert.True(meeting.SignalAndWait(TimeSpan.FromSeconds(60)), "The others did not come.");
            }),
            TestContext.Current.CancellationToken);

        Assert.Equal(3, reports.Count);
    }

    [Fact]
    public async Task What_waits_is_not_begun_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var reports = await RunSchedule.RunAsync(
            [CreateReport(0, 0), CreateReport(1, 0)],
            1,
            task =>
            {
                source.Cancel();
                return Task.CompletedTask;
            },
            source.Token);

        Assert.Equal("0", Assert.Single(reports).Task.Name);
    }

    private static string GetHost(TaskReport report) => report.Task.Connection?.Text ?? "";

    private static TaskReport CreateReport(int index, int host) => new(Create(index, host), TimeProvider.System);

    private static SyncTask Create(int index, int host) => new()
    {
        Name = $"{index}",
        SourcePath = "/s",
        TargetPath = "/t",
        Connection = host == 0 ? null : new($"ssh host{host}", ["ssh", $"host{host}"]),
    };
}
