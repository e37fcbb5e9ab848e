using BdSync.Protocol.Hashing;
using BdSync.Protocol.Hashing.Lanes;
using BdSync.TestUtilities;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Hashing;

/// <summary>md5 of many blocks at the same time, in vectors of every width that the processor has.</summary>
[Properties(Arbitrary = [typeof(LaneGenerators)])]
public class LaneHasherTests
{
    private const int DigestSize = 16;

    [Property(MaxTest = 300)]
    public void Every_width_gives_the_md5_of_the_framework(LaneCase blocks)
    {
        var expected = ComputeExpected(blocks);
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            Assert.Equal(expected, HashBlocks(blocks, width, zeroBlocks: false));
            Assert.Equal(expected, HashBlocks(blocks, width, zeroBlocks: true));
        }
    }

    [Fact]
    public void Every_salt_length_at_every_edge_of_a_chunk_gives_the_md5_of_the_framework()
    {
        foreach (var blockSize in LaneGenerators.EdgeSizes)
        {
            for (var saltLength = 0; saltLength <= 127; saltLength++)
            {
                var blocks = new LaneCase(blockSize, Count: 33, saltLength, Seed: saltLength);
                var expected = ComputeExpected(blocks);
                foreach (var width in Enum.GetValues<LaneWidth>())
                {
                    Assert.Equal(expected, HashBlocks(blocks, width, zeroBlocks: false));
                }
            }
        }
    }

    // Without the block hasher, which hashes few blocks one after the other.
    [Property(MaxTest = 100)]
    public void Lanes_that_are_not_filled_do_not_matter(LaneCase blocks)
    {
        var expected = ComputeExpected(blocks);
        foreach (var hasher in Enum.GetValues<LaneWidth>().Select(width => LaneHasher.Create(DigestAlgorithm.Md5, blocks.CreateSalt(), width)).OfType<LaneHasher>())
        {
            var count = Math.Min(blocks.Count, hasher.Count);
            Assert.Equal(expected[..(count * DigestSize)], HashInLanes(hasher, blocks, count));
        }
    }

    [Fact]
    public void The_widest_lanes_that_the_processor_has_are_used()
    {
        Assert.Equal(GetExpectedCount(LaneWidth.Bits512), GetCount(LaneWidth.Bits512));
        Assert.Equal(GetExpectedCount(LaneWidth.Bits256), GetCount(LaneWidth.Bits256));
        Assert.Equal(GetExpectedCount(LaneWidth.Bits128), GetCount(LaneWidth.Bits128));
        Assert.Equal(LaneWidth.Bits512, new BlockHashing(DigestAlgorithm.Md5, default, ZeroBlocks: false).LaneWidth);
    }

    [Fact]
    public void There_are_no_lanes_where_none_may_be_used_or_for_another_digest()
    {
        Assert.Null(GetCount(LaneWidth.None));
        Assert.Null(LaneHasher.Create(DigestAlgorithm.Get("sha1"), [], LaneWidth.Bits512));
        Assert.Null(LaneHasher.Create(DigestAlgorithm.XxHash128, [], LaneWidth.Bits512));
    }

    private static int? GetCount(LaneWidth width) => LaneHasher.Create(DigestAlgorithm.Md5, [], width)?.Count;

    // Two vectors of 32-bit words each; where a width is missing, the next one.
    private static int? GetExpectedCount(LaneWidth width) =>
        width >= LaneWidth.Bits512 && Lanes512.IsSupported ? 32
        : width >= LaneWidth.Bits256 && Lanes256.IsSupported ? 16
        : Lanes128.IsSupported ? 8
        : null;

    private static byte[] ComputeExpected(LaneCase blocks)
    {
        var salt = blocks.CreateSalt();
        return [.. blocks.CreateBlocks().Chunk(blocks.BlockSize).SelectMany(block => ReferenceDigest.Md5([.. salt, .. block]))];
    }

    private static byte[] HashBlocks(LaneCase blocks, LaneWidth width, bool zeroBlocks)
    {
        using var hasher = new BlockHasher(new(DigestAlgorithm.Md5, blocks.CreateSalt(), zeroBlocks) { LaneWidth = width });
        var digests = new byte[blocks.Count * DigestSize];
        hasher.HashBlocks(blocks.CreateBlocks(), blocks.BlockSize, digests);
        return digests;
    }

    private static unsafe byte[] HashInLanes(LaneHasher hasher, LaneCase blocks, int count)
    {
        var result = new byte[count * DigestSize];
        fixed (byte* source = blocks.CreateBlocks(), destination = result)
        {
            var sources = stackalloc byte*[count];
            var destinations = stackalloc byte*[count];
            for (var index = 0; index < count; index++)
            {
                sources[index] = source + (index * blocks.BlockSize);
                destinations[index] = destination + (index * DigestSize);
            }

            hasher.Hash(sources, count, blocks.BlockSize, destinations);
        }

        return result;
    }
}
