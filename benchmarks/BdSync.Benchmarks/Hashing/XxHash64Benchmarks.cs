using BenchmarkDotNet.Attributes;

namespace BdSync.Benchmarks.Hashing;

/// <summary>The two libraries that have xxh64, side by side.</summary>
public class XxHash64Benchmarks
{
    private readonly byte[] block = new byte[4096];

    [Benchmark]
    public ulong K4os() => global::K4os.Hash.xxHash.XXH64.DigestOf(block);

    [Benchmark]
    public ulong SystemIOHashing() => System.IO.Hashing.XxHash64.HashToUInt64(block, 0);

    [Benchmark]
    public UInt128 SystemIOHashing128Bits() => System.IO.Hashing.XxHash128.HashToUInt128(block, 0);
}
