using BdSync.Cli.Tasks.Reports.Records;

namespace BdSync.Cli.Tests.Tasks.Reports;

/// <summary>Records of runs that never were.</summary>
internal static class SampleRecords
{
    public static readonly DateTimeOffset Time = new(2026, 11, 23, 2, 30, 0, 123, TimeSpan.Zero);

    public static RunRecord Run(DateTimeOffset end, params TaskRecord[] tasks) => new()
    {
        Version = RunRecord.CurrentVersion, ProgramVersion = "0.1.0", Host = "storage", Config = "/etc/bdsync.conf", Start = end.AddSeconds(-100), End = end, Seconds = 100, DryRun = false, ExitStatus = 0,
        Error = null, Tasks = tasks,
    };

    public static TaskRecord Task(string name, TaskResult result = TaskResult.Success, double seconds = 75, long? differing = 4096) => new()
    {
        Name = name, Source = "/dev/vg0/data", Target = "/dev/vg1/data", Connection = null, Result = result, Error = null, Start = Time, End = Time.AddSeconds(seconds), Seconds = seconds,
        Phases = new Dictionary<string, double> { ["comparing"] = seconds }, InPlace = false, SourceBytes = 1 << 30, TargetBytes = 1 << 30, DifferingBytes = differing, PatchBytes = differing + 47, Costs = null,
        Reconnections = 0, Snapshot = null, Incremental = null, Verify = null, Audit = null,
    };
}
