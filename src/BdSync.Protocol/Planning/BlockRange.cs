namespace BdSync.Protocol.Planning;

/// <summary>Consecutive blocks: what one GetHashes asks for.</summary>
/// <param name="Offset">Where the first block starts, in bytes.</param>
/// <param name="BlockSize">The size of each block in bytes.</param>
/// <param name="Count">The number of blocks.</param>
internal readonly record struct BlockRange(long Offset, int BlockSize, int Count)
{
    /// <summary>The length in bytes, the padding of the last block included.</summary>
    public long Length => (long)BlockSize * Count;

    /// <summary>The offset of the first byte behind the last block.</summary>
    public long End => checked(Offset + Length);

    /// <summary>Some of its blocks.</summary>
    public BlockRange Slice(int first, int count) => new(checked(Offset + ((long)first * BlockSize)), BlockSize, count);
}
