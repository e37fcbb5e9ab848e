namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>What an audit found (<c>audit</c>), as reports have it.</summary>
internal sealed record AuditRecord
{
    /// <summary>How many randomly chosen blocks were compared; null where it did not come to its end.</summary>
    public required long? CheckedBlocks { get; init; }

    /// <summary>How many there are.</summary>
    public required long? TotalBlocks { get; init; }

    /// <summary>How many of those that were compared differed, where there should be none.</summary>
    public required long? DifferingBlocks { get; init; }

    public required CostRecord Costs { get; init; }
}
