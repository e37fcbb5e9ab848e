namespace BdSync.Protocol.Sessions;

/// <summary>Compares block ranges of two devices, several at a time.</summary>
internal abstract class RangeComparer
{
    /// <summary>Compares ranges.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <param name="keep">Which data a result has to carry.</param>
    /// <param name="maxAhead">How many ranges may be taken before their results are, where that is of use.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A result per range, in their order.</returns>
    public abstract IAsyncEnumerable<ComparedRange> RunAsync(IAsyncEnumerable<PlannedRange> ranges, Keep keep, int maxAhead, CancellationToken cancellationToken);

    /// <summary>Whether a result needs its data.</summary>
    protected static bool NeedsData(Keep keep, List<Extent> differences) =>
        keep == Keep.Everything || (keep == Keep.Differing && differences.Count > 0);
}
