using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Running;

/// <summary>
/// Tells how far a comparison of a few extents has come among these: what lies between them takes no time, so that a position on the device says little.
/// </summary>
internal sealed class ChangedProgress : IProgress<SyncProgress>
{
    private readonly IProgress<SyncProgress> target;
    private readonly List<(long Offset, long End, long Before)> extents = [];

    /// <param name="target">Is told.</param>
    /// <param name="compared">What is compared, in bytes, in any order; may overlap.</param>
    public ChangedProgress(IProgress<SyncProgress> target, IEnumerable<Extent> compared)
    {
        this.target = target;
        var reached = 0L;
        var before = 0L;
        foreach (var extent in compared.OrderBy(extent => extent.Offset))
        {
            var offset = Math.Max(extent.Offset, reached);
            if (extent.End > offset)
            {
                extents.Add((offset, extent.End, before));
                before += extent.End - offset;
                reached = extent.End;
            }
        }
    }

    public void Report(SyncProgress value) => target.Report(value with { Position = CountBefore(value.Completed ? value.Length : value.Position), Length = CountBefore(value.Length) });

    private long CountBefore(long position)
    {
        var low = 0;
        var high = extents.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = extents[middle].Offset < position ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? 0 : extents[low - 1].Before + Math.Min(position, extents[low - 1].End) - extents[low - 1].Offset;
    }
}
