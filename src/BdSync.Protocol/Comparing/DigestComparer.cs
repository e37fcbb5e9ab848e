using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Comparing;

/// <summary>Turns two lists of digests into the extents that differ.</summary>
internal static class DigestComparer
{
    /// <summary>Finds the blocks whose digests differ; neighbours are joined.</summary>
    /// <param name="range">The blocks.</param>
    /// <param name="digestSize">The size of a digest in bytes.</param>
    /// <param name="ours">Our digests, one per block.</param>
    /// <param name="theirs">The peer's digests, one per block.</param>
    /// <returns>The extents in ascending order, in whole blocks; empty where nothing differs.</returns>
    public static List<Extent> FindDifferences(BlockRange range, int digestSize, ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        List<Extent> differences = [];
        if (ours.SequenceEqual(theirs))
        {
            return differences;
        }

        for (var index = 0; index < range.Count; index++)
        {
            var position = index * digestSize;
            if (ours.Slice(position, digestSize).SequenceEqual(theirs.Slice(position, digestSize)))
            {
                continue;
            }

            var offset = range.Offset + ((long)index * range.BlockSize);
            if (differences.Count > 0 && differences[^1].End == offset)
            {
                differences[^1] = differences[^1] with { Length = differences[^1].Length + range.BlockSize };
            }
            else
            {
                differences.Add(new(offset, range.BlockSize));
            }
        }

        return differences;
    }
}
