using System.Globalization;
using BdSync.Cli.Tasks.Reports.Records;

namespace BdSync.Cli.Tasks.Reports.Metrics;

/// <summary>Makes metrics of records. What isn't known has none.</summary>
internal static class RecordMetrics
{
    /// <summary>Those of a task that was run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="lastSuccess">When it succeeded last, in seconds since 1970; 0 for never.</param>
    public static IEnumerable<MetricSample> Describe(RunRecord run, TaskRecord task, double lastSuccess)
    {
        yield return Create(MetricCatalog.LastSuccess, lastSuccess);
        yield return Create(MetricCatalog.TaskInfo, 1, (MetricCatalog.ConfigLabel, run.Config));
        yield return Create(MetricCatalog.RunTimestamp, GetSeconds(task.End ?? run.End));
        yield return Create(MetricCatalog.RunSuccess, task.Result == TaskResult.Success ? 1 : 0);
        yield return Create(MetricCatalog.RunDuration, task.Seconds);
        foreach (var (phase, seconds) in task.Phases)
        {
            yield return Create(MetricCatalog.PhaseDuration, seconds, (MetricCatalog.PhaseLabel, phase));
        }

        foreach (var (name, value) in new (string, double?)[]
        {
            (MetricCatalog.SourceSize, task.SourceBytes), (MetricCatalog.TargetSize, task.TargetBytes), (MetricCatalog.Differing, task.DifferingBytes), (MetricCatalog.PatchSize, task.PatchBytes),
            (MetricCatalog.Sent, task.Costs?.SentBytes), (MetricCatalog.Received, task.Costs?.ReceivedBytes), (MetricCatalog.Reconnections, task.Reconnections),
            (MetricCatalog.SnapshotUsed, task.Snapshot?.HighestUsedPercent / 100), (MetricCatalog.Incremental, task.Incremental is { } incremental ? incremental.Used ? 1 : 0 : null),
            (MetricCatalog.VerifyDiffering, task.Verify?.DifferingBytes),
        })
        {
            if (value is { } number)
            {
                yield return Create(name, number);
            }
        }

        if (task.Costs is { } costs)
        {
            yield return Create(MetricCatalog.Read, costs.LocalReadBytes, (MetricCatalog.SideLabel, "local"));
            yield return Create(MetricCatalog.Read, costs.RemoteReadBytes, (MetricCatalog.SideLabel, "remote"));
            yield return Create(MetricCatalog.Hashed, costs.LocalHashedBytes, (MetricCatalog.SideLabel, "local"));
            yield return Create(MetricCatalog.Hashed, costs.RemoteHashedBytes, (MetricCatalog.SideLabel, "remote"));
        }

        MetricSample Create(string name, double value, params (string Name, string Value)[] labels) =>
            new(name, [new(MetricCatalog.TaskLabel, task.Name), .. labels.Select(label => KeyValuePair.Create(label.Name, label.Value))], Format(value));
    }

    /// <summary>Those of a run.</summary>
    public static IEnumerable<MetricSample> Describe(RunRecord run)
    {
        yield return Create(MetricCatalog.ExitStatus, run.ExitStatus);
        yield return Create(MetricCatalog.LastRun, GetSeconds(run.End));
        yield return Create(MetricCatalog.LastRunDuration, run.Seconds);

        MetricSample Create(string name, double value) => new(name, [new(MetricCatalog.ConfigLabel, run.Config)], Format(value));
    }

    /// <summary>A moment in seconds since 1970, with milliseconds.</summary>
    public static double GetSeconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000.0;

    // Not "1E+15", which some people's scripts can't read.
    private static string Format(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
