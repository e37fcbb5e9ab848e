namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>What a run did, as reports have it: <c>docs/report.schema.json</c>.</summary>
internal sealed record RunRecord
{
    /// <summary>The version of the format. Another one is not read.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    public required string ProgramVersion { get; init; }

    /// <summary>The name of the machine.</summary>
    public required string Host { get; init; }

    /// <summary>The task file's path, absolute.</summary>
    public required string Config { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required double Seconds { get; init; }

    public required bool DryRun { get; init; }

    public required int ExitStatus { get; init; }

    /// <summary>Why no task could be run, or the program had a fault; null where it is the tasks that say.</summary>
    public required string? Error { get; init; }

    /// <summary>The tasks in the order of the run.</summary>
    public required IReadOnlyList<TaskRecord> Tasks { get; init; }
}
