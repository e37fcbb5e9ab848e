namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>What became of <c>lvm_incremental</c>, as reports have it.</summary>
internal sealed record IncrementalRecord
{
    /// <summary>Whether only what has changed was compared.</summary>
    public required bool Used { get; init; }

    /// <summary>How much of the source that was, in bytes; null for all of it.</summary>
    public required long? ChangedBytes { get; init; }

    /// <summary>Why everything was compared, or the next run is going to; null for neither.</summary>
    public required string? Remarks { get; init; }
}
