using BdSync.Protocol.Hashing;
using BenchmarkDotNet.Attributes;

namespace BdSync.Benchmarks.Hashing;

/// <summary>What a worker does most of the time: digests of the blocks of 1 MiB.</summary>
[MemoryDiagnoser]
public class BlockHashingBenchmarks
{
    private readonly byte[] data = new byte[1024 * 1024];
    private readonly byte[] digests = new byte[1024 * 1024 / 512 * DigestAlgorithm.MaxSize];
    private BlockHasher hasher = null!;

    [Params("md5", "sha1", "sha256", "blake2b512")]
    public string Digest { get; set; } = "";

    [Params(512, 4096, 65536)]
    public int BlockSize { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random.Shared.NextBytes(data);
        hasher = new(new(DigestAlgorithm.Get(Digest), new byte[32], ZeroBlocks: false));
    }

    [GlobalCleanup]
    public void Cleanup() => hasher.Dispose();

    [Benchmark]
    public void HashBlocks() => hasher.HashBlocks(data, BlockSize, digests);
}
