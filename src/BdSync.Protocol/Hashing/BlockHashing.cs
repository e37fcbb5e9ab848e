using BdSync.Protocol.Hashing.Lanes;

namespace BdSync.Protocol.Hashing;

/// <summary>What decides a block's digest: the algorithm and the salt before each block, and how zeros are treated.</summary>
/// <param name="Algorithm">The digest.</param>
/// <param name="Salt">What is hashed before every block; at most 127 bytes.</param>
/// <param name="ZeroBlocks">Compute the digest of a block of zeros once; it makes a difference in speed only.</param>
internal sealed record BlockHashing(DigestAlgorithm Algorithm, ReadOnlyMemory<byte> Salt, bool ZeroBlocks)
{
    /// <summary>The widest vectors that may be used; what the processor lacks is never used.</summary>
    public LaneWidth LaneWidth { get; init; } = LaneWidth.Bits512;

    public int DigestSize => Algorithm.Size;
}
