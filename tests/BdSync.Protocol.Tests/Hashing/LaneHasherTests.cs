using System.Security.Cryptography;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Hashing.Lanes;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Hashing;

/// <summary>Digests of many blocks at the same time, in vectors of every width that the processor has.</summary>
[Properties(Arbitrary = [typeof(LaneGenerators)])]
public class LaneHasherTests
{
    /// <summary>The digests that have a kernel.</summary>
    private static readonly DigestAlgorithm[] Algorithms = [.. new[] { "md5", "sha1", "sha256" }.Select(name => DigestAlgorithm.Get(name))];

    [Property(MaxTest = 300)]
    public void Every_width_gives_the_digest_of_the_framework(LaneCase blocks)
    {
        foreach (var algorithm in Algorithms)
        {
            var expected = ComputeExpected(algorithm, blocks);
            foreach (var width in Enum.GetValues<LaneWidth>())
            {
                Assert.Equal(expected, HashBlocks(algorithm, blocks, width, zeroBlocks: false));
                Assert.Equal(expected, HashBlocks(algorithm, blocks, width, zeroBlocks: true));
            }
        }
    }

    // Without the block hasher, which hashes few blocks one after the other, and every block where lanes do not pay.
    [Property(MaxTest = 300)]
    public void Lanes_that_are_not_filled_do_not_matter(LaneCase blocks)
    {
        foreach (var algorithm in Algorithms)
        {
            var expected = ComputeExpected(algorithm, blocks);
            foreach (var hasher in CreateAll(algorithm, blocks.CreateSalt()))
            {
                var count = Math.Min(blocks.Count, hasher.Count);
                Assert.Equal(expected[..(count * algorithm.Size)], HashInLanes(hasher, algorithm.Size, blocks, count));
            }
        }
    }

    [Fact]
    public void Every_salt_length_at_every_edge_of_a_chunk_gives_the_digest_of_the_framework()
    {
        foreach (var algorithm in Algorithms)
        {
            foreach (var blockSize in LaneGenerators.EdgeSizes)
            {
                for (var saltLength = 0; saltLength <= 127; saltLength++)
                {
                    var blocks = new LaneCase(blockSize, Count: 17, saltLength, Seed: saltLength);
                    var expected = ComputeExpected(algorithm, blocks);
                    foreach (var hasher in CreateAll(algorithm, blocks.CreateSalt()))
                    {
                        var count = Math.Min(blocks.Count, hasher.Count);
                        Assert.Equal(expected[..(count * algorithm.Size)], HashInLanes(hasher, algorithm.Size, blocks, count));
                    }
                }
            }
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

    [Theory]
    [InlineData("sha1", 256)]
    [InlineData("sha256", 512)]
    public void Instructions_for_sha_are_used_where_they_are_faster(string name, int leastBits)
    {
        foreach (var width in Enum.GetValues<LaneWidth>())
        {
            var hasher = LaneHasher.Create(DigestAlgorithm.Get(name), [], width);
            var isWide = (width >= LaneWidth.Bits512 && Lanes512.IsSupported)
                || (width >= LaneWidth.Bits256 && leastBits <= 256 && Lanes256.IsSupported);
            Assert.Equal(isWide || (!ShaInstructions.AreSupported && width >= LaneWidth.Bits128 && Lanes128.IsSupported), hasher is not null);
        }
    }

    [Fact]
    public void There_are_no_lanes_where_none_may_be_used_or_for_another_digest()
    {
        Assert.Null(GetCount(LaneWidth.None));
        Assert.Null(LaneHasher.Create(DigestAlgorithm.Get("sha512"), [], LaneWidth.Bits512));
        Assert.Null(LaneHasher.Create(DigestAlgorithm.XxHash128, [], LaneWidth.Bits512));
    }

    private static IEnumerable<LaneHasher> CreateAll(DigestAlgorithm algorithm, byte[] salt) => algorithm.Name switch
    {
        "md5" => CreateAll<Md5Kernel>(salt, algorithm.Size),
        "sha1" => CreateAll<Sha1Kernel>(salt, algorithm.Size),
        _ => CreateAll<Sha256Kernel>(salt, algorithm.Size),
    };

    private static IEnumerable<LaneHasher> CreateAll<TKernel>(byte[] salt, int digestSize)
        where TKernel : struct, ILaneKernel
    {
        if (Lanes128.IsSupported)
        {
            yield return new MerkleDamgardLaneHasher<Lanes128, TKernel>(salt, digestSize, gain: 1);
        }

        if (Lanes256.IsSupported)
        {
            yield return new MerkleDamgardLaneHasher<Lanes256, TKernel>(salt, digestSize, gain: 1);
        }

        if (Lanes512.IsSupported)
        {
            yield return new MerkleDamgardLaneHasher<Lanes512, TKernel>(salt, digestSize, gain: 1);
        }
    }

    private static int? GetCount(LaneWidth width) => LaneHasher.Create(DigestAlgorithm.Md5, [], width)?.Count;

    // Two vectors of 32-bit words each; where a width is missing, the next one.
    private static int? GetExpectedCount(LaneWidth width) =>
        width >= LaneWidth.Bits512 && Lanes512.IsSupported ? 32
        : width >= LaneWidth.Bits256 && Lanes256.IsSupported ? 16
        : Lanes128.IsSupported ? 8
        : null;

    private static byte[] ComputeExpected(DigestAlgorithm algorithm, LaneCase blocks)
    {
        var salt = blocks.CreateSalt();
        return [.. blocks.CreateBlocks().Chunk(blocks.BlockSize).SelectMany(block => CryptographicOperations.HashData(new(algorithm.Name.ToUpperInvariant()), [.. salt, .. block]))];
    }

    private static byte[] HashBlocks(DigestAlgorithm algorithm, LaneCase blocks, LaneWidth width, bool zeroBlocks)
    {
        using var hasher = new BlockHasher(new(algorithm, blocks.CreateSalt(), zeroBlocks) { LaneWidth = width });
        var digests = new byte[blocks.Count * algorithm.Size];
        hasher.HashBlocks(blocks.CreateBlocks(), blocks.BlockSize, digests);
        return digests;
    }

    private static unsafe byte[] HashInLanes(LaneHasher hasher, int digestSize, LaneCase blocks, int count)
    {
        var result = new byte[count * digestSize];
        fixed (byte* source = blocks.CreateBlocks(), destination = result)
        {
            var sources = stackalloc byte*[count];
            var destinations = stackalloc byte*[count];
            for (var index = 0; index < count; index++)
            {
                sources[index] = source + (index * blocks.BlockSize);
                destinations[index] = destination + (index * digestSize);
            }

            hasher.Hash(sources, count, blocks.BlockSize, destinations);
        }

        return result;
    }
}
