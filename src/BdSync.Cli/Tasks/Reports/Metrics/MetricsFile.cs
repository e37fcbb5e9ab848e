using System.Globalization;
using System.Text;
using BdSync.Cli.Files;
using BdSync.Cli.Tasks.Reports.Records;

namespace BdSync.Cli.Tasks.Reports.Metrics;

/// <summary>
/// A file for the node exporter's textfile collector. Several runs may write to it, also at once: each changes the lines of its own tasks and of its task file, and keeps the others'.
/// </summary>
/// <param name="path">Where it is; it need not be there yet.</param>
internal sealed class MetricsFile(string path)
{
    /// <summary>What is taken over from a file that is there; one that is longer isn't one of these.</summary>
    private const long MaxLength = 64 * 1024 * 1024;

    /// <summary>Writes a run into it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="configured">The names of the tasks that the task file has and that are not disabled; null where it could not be read. The lines of its other tasks go.</param>
    /// <param name="findLastSuccess">Says when a task succeeded last; null for never.</param>
    /// <returns>How many lines were dropped that are none of this program's.</returns>
    /// <exception cref="IOException">The file can't be read or written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    /// <exception cref="TaskException">There is no place for lock files.</exception>
    public int Update(RunRecord run, IReadOnlySet<string>? configured, Func<string, DateTimeOffset?> findLastSuccess)
    {
        using var fileLock = MetricsLock.Acquire(path);
        var old = MetricText.Read(ReadOld(), out var skipped);
        var ran = run.Tasks.Where(task => task.Result is TaskResult.Success or TaskResult.Failure or TaskResult.Cancelled).GroupBy(task => task.Name).Select(group => group.Last()).ToList();
        var names = ran.Select(task => task.Name).ToHashSet(StringComparer.Ordinal);
        var gone = FindGone(old, run.Config, configured);
        var kept = old.Where(sample => sample.GetLabel(MetricCatalog.TaskLabel) is { } task ? !names.Contains(task) && !gone.Contains(task) : sample.GetLabel(MetricCatalog.ConfigLabel) != run.Config);
        var made = ran.SelectMany(task => RecordMetrics.Describe(run, task, GetLastSuccess(task)));
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(MetricText.Write([.. kept, .. made, .. RecordMetrics.Describe(run)])));
        return skipped;

        double GetLastSuccess(TaskRecord task)
        {
            if (task is { Result: TaskResult.Success, End: { } end })
            {
                return RecordMetrics.GetSeconds(end);
            }

            var written = old.Where(sample => sample.Name == MetricCatalog.LastSuccess && sample.GetLabel(MetricCatalog.TaskLabel) == task.Name)
                .Select(sample => double.Parse(sample.Value, NumberStyles.Float, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();
            return Math.Max(written, findLastSuccess(task.Name) is { } known ? RecordMetrics.GetSeconds(known) : 0);
        }
    }

    private static HashSet<string> FindGone(IReadOnlyList<MetricSample> samples, string config, IReadOnlySet<string>? configured) => configured is null ? []
        : samples.Where(sample => sample.Name == MetricCatalog.TaskInfo && sample.GetLabel(MetricCatalog.ConfigLabel) == config)
            .Select(sample => sample.GetLabel(MetricCatalog.TaskLabel) ?? "").Where(task => !configured.Contains(task)).ToHashSet(StringComparer.Ordinal);

    private string ReadOld()
    {
        var file = new FileInfo(path);
        return !file.Exists ? ""
            : file.Length <= MaxLength ? File.ReadAllText(path)
            : throw new IOException($"{path} has {file.Length} bytes, which is more than metrics have ({MaxLength}).");
    }
}
