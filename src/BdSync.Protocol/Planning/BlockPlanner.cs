namespace BdSync.Protocol.Planning;

/// <summary>Cuts extents into block ranges. Numbers only: it knows no device.</summary>
internal sealed class BlockPlanner
{
    /// <summary>
    /// A block range covers at most this many bytes (or one block, if that is larger): enough to make the cost of a request
    /// small, little enough to stay in a core's cache while it is hashed and to bound what is held in memory.
    /// </summary>
    public const int MaxRangeLength = 256 * 1024;

    /// <summary>A block range has at most this many blocks, so that its digests stay small whatever the block size.</summary>
    public const int MaxRangeCount = 2047;

    /// <summary>The first pass of a comparison in two passes has blocks of this many blocks.</summary>
    public const int CoarseFactor = 64;

    /// <summary>The largest block that one request can name, in bytes; the same limit holds for a peer's requests.</summary>
    public const int MaxBlockSize = int.MaxValue;

    /// <summary>A hole that is shorter is treated as data, in bytes.</summary>
    private const int MinHoleLength = 256 * 1024;

    /// <summary>The size of the large blocks in a hole, in bytes; or one block, if that is larger.</summary>
    private const int HoleStep = 1024 * 1024;

    /// <summary>How many large blocks one request asks for.</summary>
    private const int MaxHoleCount = 64;

    private readonly int blockSize;
    private readonly long length;
    private readonly int tailLength;
    private readonly BlockSample? sample;
    private readonly IReadOnlyList<Extent> extents;

    /// <summary>Creates a planner.</summary>
    /// <param name="blockSize">The size of a block in bytes.</param>
    /// <param name="length">How far the comparison goes, in bytes; ranges end with the block that holds its last byte.</param>
    /// <param name="extents">What has to be compared, in any order; null for all.</param>
    /// <param name="endsExactly">Whether the comparison must not pass the length: a last block that does is left to <see cref="PlanTail"/>.</param>
    /// <param name="sample">The blocks of which only some are compared, without <paramref name="extents"/>; null for none. It is planned by <see cref="Plan"/> alone.</param>
    public BlockPlanner(int blockSize, long length, IReadOnlyList<Extent>? extents = null, bool endsExactly = false, BlockSample? sample = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        this.blockSize = blockSize;
        tailLength = endsExactly ? (int)(length % blockSize) : 0;
        this.length = length - tailLength;
        this.sample = sample;
        this.extents = extents ?? [new(0, length)];
    }

    /// <summary>How far the comparison goes, in bytes.</summary>
    private long End => length + tailLength;

    /// <summary>How many blocks have been planned, large ones counted as what they consist of.</summary>
    public long PlannedBlocks { get; private set; }

    /// <summary>The largest block size that leaves room for the large blocks of a first pass.</summary>
    public static int GetMaxBlockSize(bool twoPass) => twoPass ? MaxBlockSize / CoarseFactor : MaxBlockSize;

    /// <summary>All that has to be compared, in blocks.</summary>
    public IEnumerable<BlockRange> Plan() => sample is null ? Count(SplitAll(blockSize), length) : Count(PlanSample(sample), End);

    /// <summary>All that has to be compared, in the large blocks of a first pass.</summary>
    public IEnumerable<BlockRange> PlanCoarse() => Count(SplitAll(checked(blockSize * CoarseFactor)), length);

    /// <summary>The whole device: data in blocks, large holes in large blocks, which have to be refined where they differ.</summary>
    /// <param name="findData">Finds the next data at or behind an offset.</param>
    public IEnumerable<BlockRange> PlanSparse(Func<long, Extent> findData) => Count(SplitSparse(findData), length);

    /// <summary>The last block, as far as it may go; behind what the other plans have. Nothing where they go to the end.</summary>
    public IEnumerable<BlockRange> PlanTail() =>
        sample is null && tailLength > 0 && extents.Any(extent => extent.Length > 0 && extent.Offset < End && extent.End > length) ? Count([new(length, tailLength, 1)], End) : [];

    /// <summary>Whether a range has to be refined where it differs.</summary>
    public bool IsCoarse(BlockRange range) => range.BlockSize != blockSize;

    /// <summary>The blocks of an extent that a first pass found to differ.</summary>
    public IEnumerable<BlockRange> Refine(Extent extent) => Split(extent.Offset, Math.Min(extent.End, length), blockSize);

    private IEnumerable<BlockRange> Count(IEnumerable<BlockRange> ranges, long limit)
    {
        foreach (var range in ranges)
        {
            PlannedBlocks += ((Math.Min(range.End, limit) - range.Offset - 1) / blockSize) + 1;
            yield return range;
        }
    }

    private IEnumerable<BlockRange> SplitSparse(Func<long, Extent> findData)
    {
        // Where the next hole starts, holes that are too small to matter left out; in whole blocks.
        for (long offset = 0; offset < length;)
        {
            var data = findData(offset);
            var holeEnd = data.Length == 0 ? AlignUp(length) : Math.Min(data.Offset / blockSize * blockSize, AlignUp(length));
            if (holeEnd - offset >= MinHoleLength)
            {
                foreach (var range in SplitHole(offset, holeEnd))
                {
                    yield return range;
                }

                offset = holeEnd;
            }

            var dataEnd = Math.Min(data.Length == 0 ? length : data.End, length);
            foreach (var range in Split(offset, dataEnd, blockSize))
            {
                yield return range;
                offset = range.End;
            }
        }
    }

    private IEnumerable<BlockRange> PlanSample(BlockSample chosen) =>
        from index in chosen.Choose(End == 0 ? 0 : ((End - 1) / blockSize) + 1)
        let offset = index * blockSize
        select new BlockRange(offset, offset == length ? tailLength : blockSize, 1);

    private IEnumerable<BlockRange> SplitAll(int size) =>
        ExtentCover.InBlocks(extents, size, length).SelectMany(extent => Split(extent.Offset, extent.End, size));

    private IEnumerable<BlockRange> SplitHole(long offset, long end)
    {
        var step = Math.Max(HoleStep / blockSize, 1) * blockSize;
        while (end - offset >= step)
        {
            var range = new BlockRange(offset, step, (int)Math.Min((end - offset) / step, MaxHoleCount));
            yield return range;
            offset = range.End;
        }

        if (offset < end)
        {
            yield return new(offset, (int)(end - offset), 1);
        }
    }

    private long AlignUp(long offset) => checked((offset + blockSize - 1) / blockSize * blockSize);

    private static IEnumerable<BlockRange> Split(long offset, long end, int size)
    {
        var maxCount = Math.Clamp(MaxRangeLength / size, 1, MaxRangeCount);
        while (offset < end)
        {
            var count = (int)Math.Min(maxCount, ((end - offset - 1) / size) + 1);
            var range = new BlockRange(offset, size, count);
            yield return range;
            offset = range.End;
        }
    }
}
