using BdSync.Protocol.Hashing;
using BdSync.Protocol.Hashing.Lanes;
using BenchmarkDotNet.Attributes;

namespace BdSync.Benchmarks.Hashing;

/// <summary>md5 of the blocks of 256 KiB, by lane width.</summary>
[MemoryDiagnoser]
public class LaneBenchmarks
{
    private readonly byte[] data = new byte[256 * 1024];
    private readonly byte[] digests = new byte[256 * 1024 / 512 * 16];
    private BlockHasher hasher = null!;

    /// <summary>A <see cref="LaneWidth"/>, by its number of bits.</summary>
    [Params(0, 128, 256, 512)]
    public int Width { get; set; }

    [Params(512, 4096, 65536)]
    public int BlockSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random.Shared.NextBytes(data);
        hasher = new(new(DigestAlgorithm.Md5, new byte[32], ZeroBlocks: false) { LaneWidth = (LaneWidth)Width });
    }

    [GlobalCleanup]
    public void Cleanup() => hasher.Dispose();

    [Benchmark]
    public void HashBlocks() => hasher.HashBlocks(data, BlockSize, digests);
}
