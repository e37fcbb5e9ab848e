using System.Text.Json;
using BdSync.Interop.Tests.Programs;

namespace BdSync.Interop.Tests.Tasks;

/// <summary>Several tasks at once.</summary>
public sealed class TaskParallelTests : IDisposable
{
    private static readonly string[] Hosts = ["one", "two", "three"];

    private readonly TaskFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Tasks_of_different_hosts_overlap_and_those_of_one_host_never_do()
    {
        // The first task of each host waits for those of the others; a host's folder is there while one of its tasks runs.
        var wait = $"touch met-$h; n=0; while [ $(ls {folder.Work.Path} | grep -c ^met-) -lt {Hosts.Length} ]; do sleep 0.05; n=$((n+1)); [ $n -lt 2400 ] || exit 1; done";
        Configure(
            2,
            host => $"run_before = cd {folder.Work.Path}; h={host}; mkdir busy-$h || exit 1; {wait}",
            host => $"run_after = rmdir {folder.Work["busy-" + host]}");

        (await folder.RunAsync("--parallel", "6")).ShouldExitWith(0);

        foreach (var (host, number) in Hosts.SelectMany(host => new[] { (host, 0), (host, 1) }))
        {
            Assert.Equal(folder.Devices.Source, folder.Work.Read($"target-{host}-{number}").AsSpan());
        }

        Assert.Empty(folder.Patches);
    }

    [Fact]
    public async Task No_more_than_asked_for_run_at_once()
    {
        var count = $"cd {folder.Work.Path}; mkdir running; exec sleep 0.3";
        Configure(1, _ => $"run_before = {count}", _ => $"run_after = rmdir {folder.Work["running"]}");

        (await folder.RunAsync("--parallel", "1")).ShouldExitWith(0);
        Assert.False(Directory.Exists(folder.Work["running"]));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public async Task Lines_of_the_log_stay_whole(string format)
    {
        const int count = 300;
        var text = new string('x', 500);
        Configure(1, host => $"run_before = i=0; while [ $i -lt {count} ]; do echo {host} {text} $i; i=$((i+1)); done");

        var result = (await folder.RunAsync("--parallel", "3", "--log-level", "info", "--log-format", format)).ShouldExitWith(0);

        var messages = result.ErrorLines.Select(line => format == "json" ? Restore(line) : line).ToList();
        Assert.All(messages, line => Assert.Matches(@"^\[Task (one|two|three)-0\] INFO: (run_before: \1 x{500} \d+|Patch .*)$", line));
        foreach (var host in Hosts)
        {
            // None is lost, and each task's are in their order.
            Assert.Equal(
                Enumerable.Range(0, count).Select(number => $"[Task {host}-0] INFO: run_before: {host} {text} {number}"),
                messages.Where(line => line.StartsWith($"[Task {host}-0] INFO: run_before", StringComparison.Ordinal)));
            Assert.Equal(3, messages.Count(line => line.StartsWith($"[Task {host}-0] INFO: Patch", StringComparison.Ordinal)));
        }
    }

    private static string Restore(string line)
    {
        using var document = JsonDocument.Parse(line);
        var log = document.RootElement;
        return $"[Task {log.GetProperty("task").GetString()}] {log.GetProperty("level").GetString()!.ToUpperInvariant()}: {log.GetProperty("message").GetString()}";
    }

    private void Configure(int perHost, params Func<string, string>[] lines)
    {
        var connect = folder.ConnectionCommand.Split(' ')[0];
        var tasks = Hosts.SelectMany(host => Enumerable.Range(0, perHost).Select(number =>
        {
            var target = $"target-{host}-{number}";
            folder.Work.Write(target, folder.Devices.Target);
            return folder.GetTask(
                $"{host}-{number}",
                [$"target_path = {folder.Work[target]}", $"connection_command = {connect} {host}", $"remote_bdsync_bin = {Tool.Ours}", .. lines.Select(line => line(host))]);
        }));
        folder.WriteConfiguration(string.Concat(tasks));
    }
}
