
namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>What a run did of one task, as reports have it: <c>docs/report.schema.json</c> and docs/reports.md. Sizes are in bytes, times in seconds.</summary>
internal sealed record TaskRecord
{
    public required string Name { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>The connection as in the task file; null for none.</summary>
    public required string? Connection { get; init; }

    public required TaskResult Result { get; init; }

    /// <summary>Why it failed; null where it didn't.</summary>
    public required string? Error { get; init; }

    /// <summary>When it began; null where it was not run.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>When it ended; null where it was not run, or the program did not see its end.</summary>
    public required DateTimeOffset? End { get; init; }

    /// <summary>How long it took: the sum of the phases but for the waiting.</summary>
    public required double Seconds { get; init; }

    /// <summary>How long each phase took that there was, by its name.</summary>
    public required IReadOnlyDictionary<string, double> Phases { get; init; }

    public required bool InPlace { get; init; }

    public required long? SourceBytes { get; init; }

    public required long? TargetBytes { get; init; }

    public required long? DifferingBytes { get; init; }

    public required long? PatchBytes { get; init; }

    public required CostRecord? Costs { get; init; }

    /// <summary>How often connections were tried to be opened again.</summary>
    public required long Reconnections { get; init; }

    public required SnapshotRecord? Snapshot { get; init; }

    public required IncrementalRecord? Incremental { get; init; }

    public required VerifyRecord? Verify { get; init; }

    /// <summary>What an audit found; null for none.</summary>
    public required AuditRecord? Audit { get; init; }
}
