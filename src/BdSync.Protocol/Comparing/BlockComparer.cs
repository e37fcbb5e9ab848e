using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Comparing;

/// <summary>Turns two lists, of the digests of blocks or of blocks themselves, into the extents that differ.</summary>
internal static class BlockComparer
{
    /// <summary>Finds the blocks that differ; neighbours are joined.</summary>
    /// <param name="range">The blocks.</param>
    /// <param name="size">The size of what stands for a block, in bytes.</param>
    /// <param name="ours">Ours, one per block.</param>
    /// <param name="theirs">The other side's, one per block.</param>
    /// <returns>The extents in ascending order, in whole blocks; empty where nothing differs.</returns>
    public static List<Extent> FindDifferences(BlockRange range, int size, ReadOnlySpan<byte> ours, ReadOnlySpan<byte> theirs)
    {
        List<Extent> differences = [];
        if (ours.SequenceEqual(theirs))
        {
            return differences;
        }

        for (var index = 0; index < range.Count; index++)
        {
            var position = index * size;
            if (ours.Slice(position, size).SequenceEqual(theirs.Slice(position, size)))
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
