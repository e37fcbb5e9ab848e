using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;
using BdSync.TestUtilities;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Hashing;

/// <summary>digest(salt ‖ block), whichever way it is computed.</summary>
public class BlockHasherTests
{
    private static readonly byte[] Salt = [1, 2, 3];

    [Property(MaxTest = 200)]
    public Property Every_way_of_hashing_gives_the_same() => Prop.ForAll(
        Arb.From(Gen.Choose(1, 3000)), Arb.From(Gen.Choose(1, 5)), Arb.From(Gen.Choose(0, int.MaxValue)), (blockSize, count, seed) =>
        {
            var data = new byte[blockSize * count];
            new Random(seed).NextBytes(data);
            data.AsSpan(0, blockSize * (seed % (count + 1))).Clear();
            byte[] expected = [.. data.Chunk(blockSize).SelectMany(block => ReferenceDigest.Md5([.. Salt, .. block]))];

            Assert.Equal(expected, HashBlocks(data, blockSize, zeroBlocks: false));
            Assert.Equal(expected, HashBlocks(data, blockSize, zeroBlocks: true));
            Assert.Equal(expected, HashLarge(data, blockSize));
        });

    [Fact]
    public void Zero_digests_of_many_block_sizes_are_right()
    {
        using var hasher = Create(zeroBlocks: true);
        using var device = new MemoryDevice([]);
        for (var round = 0; round < 3; round++)
        {
            for (var size = 1; size < 200_000; size += 9_999)
            {
                // Behind the end of the device nothing is read.
                var digest = new byte[16];
                hasher.HashRange(device, new BlockRange(0, size, 1), [], digest, TestContext.Current.CancellationToken);
                Assert.Equal(ReferenceDigest.Md5([.. Salt, .. new byte[size]]), digest);
            }
        }
    }

    private static BlockHasher Create(bool zeroBlocks) => new(new(DigestAlgorithm.Md5, Salt, zeroBlocks));

    private static byte[] HashBlocks(byte[] data, int blockSize, bool zeroBlocks)
    {
        using var hasher = Create(zeroBlocks);
        var digests = new byte[data.Length / blockSize * 16];
        hasher.HashBlocks(data, blockSize, digests);
        return digests;
    }

    private static byte[] HashLarge(byte[] data, int blockSize)
    {
        using var hasher = Create(zeroBlocks: false);
        using var device = new MemoryDevice(data);
        var digests = new byte[data.Length / blockSize * 16];
        var buffer = new byte[100];
        hasher.HashRange(device, new BlockRange(0, blockSize, data.Length / blockSize), buffer, digests, CancellationToken.None);
        return digests;
    }
}
