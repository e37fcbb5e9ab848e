namespace BdSync.Cli.Tasks.Reports.Records;

/// <summary>What the comparison found after the patch was applied (<c>verify</c>), as reports have it.</summary>
internal sealed record VerifyRecord
{
    /// <summary>How many bytes differed, where there should be none; null where it did not come to its end.</summary>
    public required long? DifferingBytes { get; init; }

    public required CostRecord Costs { get; init; }
}
