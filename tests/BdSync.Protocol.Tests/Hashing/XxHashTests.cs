using System.Buffers.Binary;
using System.IO.Hashing;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Hashing;

/// <summary>The digests that only BdSync has: xxHash of the block, seeded with the first 8 bytes of the salt.</summary>
[Properties(Arbitrary = [typeof(LaneGenerators)])]
public class XxHashTests
{
    [Property(MaxTest = 200)]
    public void Blocks_in_memory_are_hashed_as_the_framework_does(LaneCase blocks)
    {
        Assert.Equal(ComputeExpected("xxh128", blocks), HashBlocks("xxh128", blocks, zeroBlocks: false));
        Assert.Equal(ComputeExpected("xxh128", blocks), HashBlocks("xxh128", blocks, zeroBlocks: true));
        Assert.Equal(ComputeExpected("xxh64", blocks), HashBlocks("xxh64", blocks, zeroBlocks: false));
        Assert.Equal(ComputeExpected("xxh64", blocks), HashBlocks("xxh64", blocks, zeroBlocks: true));
    }

    [Property(MaxTest = 200)]
    public void Blocks_that_are_read_piece_by_piece_are_hashed_the_same(LaneCase blocks)
    {
        var pieceLength = 1 + (blocks.Seed % 999);
        Assert.Equal(ComputeExpected("xxh128", blocks), HashInPieces("xxh128", blocks, pieceLength));
        Assert.Equal(ComputeExpected("xxh64", blocks), HashInPieces("xxh64", blocks, pieceLength));
    }

    [Theory]
    [InlineData("xxh128")]
    [InlineData("xxh64")]
    public void A_large_block_gives_the_same_in_pieces_as_at_once(string digest)
    {
        var blocks = new LaneCase(BlockSize: 1_500_001, Count: 2, SaltLength: 32, Seed: 7);
        Assert.Equal(ComputeExpected(digest, blocks), HashInPieces(digest, blocks, 256 * 1024));
        Assert.Equal(ComputeExpected(digest, blocks), HashBlocks(digest, blocks, zeroBlocks: false));
    }

    [Theory]
    [InlineData("", 0UL)]
    [InlineData("01", 1UL)]
    [InlineData("0102", 0x0201UL)]
    [InlineData("0102030405060708", 0x0807060504030201UL)]
    [InlineData("0102030405060708FF", 0x0807060504030201UL)]
    [InlineData("FFFFFFFFFFFFFFFF", ulong.MaxValue)]
    public void The_seed_is_the_start_of_the_salt_little_endian(string salt, ulong seed) =>
        Assert.Equal(seed, XxHashSeed.FromSalt(Convert.FromHexString(salt)));

    private static byte[] ComputeExpected(string digest, LaneCase blocks)
    {
        byte[] start = [.. blocks.CreateSalt().Take(8), .. new byte[8]];
        var seed = BinaryPrimitives.ReadInt64LittleEndian(start);
        return [.. blocks.CreateBlocks().Chunk(blocks.BlockSize).SelectMany(block => digest == "xxh128" ? XxHash128.Hash(block, seed) : XxHash64.Hash(block, seed))];
    }

    private static BlockHasher Create(string digest, LaneCase blocks, bool zeroBlocks) => new(new(DigestAlgorithm.Get(digest), blocks.CreateSalt(), zeroBlocks));

    private static byte[] HashBlocks(string digest, LaneCase blocks, bool zeroBlocks)
    {
        using var hasher = Create(digest, blocks, zeroBlocks);
        var digests = new byte[blocks.Count * hasher.DigestSize];
        hasher.HashBlocks(blocks.CreateBlocks(), blocks.BlockSize, digests);
        return digests;
    }

    // A buffer that is smaller than a block is what makes it come in pieces; one block at a time, or two might fit.
    private static byte[] HashInPieces(string digest, LaneCase blocks, int pieceLength)
    {
        using var hasher = Create(digest, blocks, zeroBlocks: false);
        using var device = new MemoryDevice(blocks.CreateBlocks());
        var digests = new byte[blocks.Count * hasher.DigestSize];
        hasher.HashRange(device, new BlockRange(0, blocks.BlockSize, blocks.Count), new byte[pieceLength], digests, TestContext.Current.CancellationToken);
        return digests;
    }
}
