namespace BdSync.Protocol.Planning;

/// <summary>What <see cref="ExtentStatistics"/> has found. Extents that came one after the other without a gap count as one. Immutable.</summary>
/// <param name="Count">How many extents there are.</param>
/// <param name="Length">How many bytes they have together; a byte that lies in several counts as often.</param>
/// <param name="IsAscending">Whether each started where the one before ended, or behind it: then no byte lies in several.</param>
/// <param name="Largest">The largest ones, largest first; at most <see cref="ExtentStatistics.MaxListed"/>.</param>
/// <param name="Smallest">The smallest ones, smallest first; at most <see cref="ExtentStatistics.MaxListed"/>.</param>
public sealed record ExtentSummary(long Count, long Length, bool IsAscending, IReadOnlyList<Extent> Largest, IReadOnlyList<Extent> Smallest);
