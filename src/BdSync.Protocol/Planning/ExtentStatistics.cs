namespace BdSync.Protocol.Planning;

/// <summary>
/// Counts extents as they come, and joins those that follow each other without a gap. Memory does not depend on how many there are. Not safe
/// for several threads.
/// </summary>
public sealed class ExtentStatistics
{
    /// <summary>How many of the largest and of the smallest extents are kept.</summary>
    public const int MaxListed = 10;

    private readonly List<Extent> largest = [];
    private readonly List<Extent> smallest = [];
    private Extent pending;
    private long count;
    private long length;
    private bool isAscending = true;

    /// <summary>Adds one; empty ones don't count.</summary>
    /// <param name="extent">It starts at 0 or above, and ends at <see cref="long.MaxValue"/> or below.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset or the length is negative.</exception>
    /// <exception cref="OverflowException">It ends above, or all together have more bytes than can be counted.</exception>
    public void Add(Extent extent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extent.Offset, nameof(extent));
        ArgumentOutOfRangeException.ThrowIfNegative(extent.Length, nameof(extent));
        _ = extent.End;
        if (extent.Length == 0)
        {
            return;
        }

        length = checked(length + extent.Length);
        if (pending.Length > 0 && extent.Offset == pending.End)
        {
            pending = pending with { Length = pending.Length + extent.Length };
            return;
        }

        isAscending &= extent.Offset >= pending.End;
        Rank(pending, largest, smallest);
        pending = extent;
        count++;
    }

    /// <summary>What is known of the extents so far.</summary>
    /// <returns>Numbers that don't change any more.</returns>
    public ExtentSummary GetSummary()
    {
        List<Extent> allLargest = [.. largest];
        List<Extent> allSmallest = [.. smallest];
        Rank(pending, allLargest, allSmallest);
        return new(count, length, isAscending, allLargest, allSmallest);
    }

    private static void Rank(Extent extent, List<Extent> largest, List<Extent> smallest)
    {
        if (extent.Length > 0)
        {
            Insert(largest, extent, static (one, other) => one.Length > other.Length);
            Insert(smallest, extent, static (one, other) => one.Length < other.Length);
        }
    }

    // Of the same length, the one that came first is listed first.
    private static void Insert(List<Extent> list, Extent extent, Func<Extent, Extent, bool> comesBefore)
    {
        if (list.Count == MaxListed && !comesBefore(extent, list[^1]))
        {
            return;
        }

        var index = list.FindIndex(other => comesBefore(extent, other));
        list.Insert(index < 0 ? list.Count : index, extent);
        if (list.Count > MaxListed)
        {
            list.RemoveAt(MaxListed);
        }
    }
}
