namespace BdSync.Protocol.Planning;

/// <summary>Extents made fit for planning: in order, without overlaps, within a length, and in whole blocks.</summary>
internal static class ExtentCover
{
    /// <summary>Covers extents with whole blocks.</summary>
    /// <param name="extents">The extents, in any order; they may overlap.</param>
    /// <param name="blockSize">The size of a block in bytes: offsets of results are multiples of it; the last block may reach behind a result's end.</param>
    /// <param name="length">What lies behind this many bytes is left out.</param>
    /// <returns>Extents in ascending order that have no block in common.</returns>
    public static IEnumerable<Extent> InBlocks(IEnumerable<Extent> extents, long blockSize, long length)
    {
        long start = 0;
        long end = 0;
        foreach (var extent in extents.Where(extent => extent.Length > 0 && extent.Offset < length).OrderBy(extent => extent.Offset))
        {
            var nextStart = extent.Offset / blockSize * blockSize;
            if (nextStart > end)
            {
                if (end > start)
                {
                    yield return new(start, end - start);
                }

                start = nextStart;
            }

            end = Math.Max(end, Math.Min(extent.End, length));
        }

        if (end > start)
        {
            yield return new(start, end - start);
        }
    }
}
