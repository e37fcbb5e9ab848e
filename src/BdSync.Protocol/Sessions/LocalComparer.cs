using BdSync.Protocol.Comparing;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Sessions;

/// <summary>Compares two devices of this machine byte by byte: no digest is needed.</summary>
internal sealed class LocalComparer(Device source, Device target, WorkerPool<RangeBuffer> buffers, bool flushCache) : RangeComparer
{
    public override IAsyncEnumerable<ComparedRange> RunAsync(IAsyncEnumerable<PlannedRange> ranges, Keep keep, int maxAhead, CancellationToken cancellationToken) =>
        buffers.RunAsync(ranges, (planned, buffer) => planned.Result ?? Compare(planned.Range, buffer, keep, cancellationToken), cancellationToken);

    private ComparedRange Compare(BlockRange range, RangeBuffer targetBuffer, Keep keep, CancellationToken cancellationToken)
    {
        RangeBuffer? sourceBuffer = RangeBuffer.Rent();
        try
        {
            var inMemory = range.Length <= RangeBuffer.Size;
            var extent = new Extent(range.Offset, range.Length);
            if (source.IsHole(extent) && target.IsHole(extent))
            {
                return new(range, [], null);
            }

            var differences = inMemory
                ? CompareBlocks(range, sourceBuffer.Span, targetBuffer.Span)
                : CompareLargeBlocks(range, sourceBuffer, targetBuffer, cancellationToken);
            if (flushCache)
            {
                source.DropCache(new(range.Offset, range.Length));
                target.DropCache(new(range.Offset, range.Length));
            }

            var result = new ComparedRange(range, differences, inMemory && NeedsData(keep, differences) ? sourceBuffer : null);
            sourceBuffer = result.Buffer is null ? sourceBuffer : null;
            return result;
        }
        finally
        {
            sourceBuffer?.Dispose();
        }
    }

    private List<Extent> CompareBlocks(BlockRange range, Span<byte> ours, Span<byte> theirs)
    {
        ours = ours[..(int)range.Length];
        theirs = theirs[..(int)range.Length];
        source.ReadPadded(range.Offset, ours);
        target.ReadPadded(range.Offset, theirs);
        return BlockComparer.FindDifferences(range, range.BlockSize, ours, theirs);
    }

    private List<Extent> CompareLargeBlocks(BlockRange range, RangeBuffer ours, RangeBuffer theirs, CancellationToken cancellationToken) =>
    [
        .. Enumerable.Range(0, range.Count)
            .Select(index => range.Slice(index, 1))
            .Where(block => Differs(block, ours.Span, theirs.Span, cancellationToken))
            .Select(block => new Extent(block.Offset, block.Length)),
    ];

    // A block that is read piece by piece: it differs as a whole or not at all.
    private bool Differs(BlockRange block, Span<byte> ours, Span<byte> theirs, CancellationToken cancellationToken)
    {
        var extent = new Extent(block.Offset, block.Length);
        if (source.IsHole(extent) && target.IsHole(extent))
        {
            return false;
        }

        for (long done = 0; done < block.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = (int)Math.Min(ours.Length, block.Length - done);
            source.ReadPadded(block.Offset + done, ours[..length]);
            target.ReadPadded(block.Offset + done, theirs[..length]);
            if (!ours[..length].SequenceEqual(theirs[..length]))
            {
                return true;
            }

            done += length;
        }

        return false;
    }
}
