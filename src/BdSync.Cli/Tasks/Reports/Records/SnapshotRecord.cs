namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>The snapshot that a task read, as reports have it.</summary>
internal sealed record SnapshotRecord
{
    /// <summary>The volume's full name, <c>VG/LV</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How full it was at most, of a thin one its pool: 0 to 100; null where that isn't known.</summary>
    public required double? HighestUsedPercent { get; init; }
}
