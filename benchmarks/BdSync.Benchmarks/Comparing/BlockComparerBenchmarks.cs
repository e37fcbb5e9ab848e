using BdSync.Protocol.Comparing;
using BdSync.Protocol.Planning;
using BenchmarkDotNet.Attributes;

namespace BdSync.Benchmarks.Comparing;

/// <summary>Two ranges of 256 KiB in memory, directly, and the test for zeros over one.</summary>
[MemoryDiagnoser]
public class BlockComparerBenchmarks
{
    private readonly byte[] left = new byte[256 * 1024];
    private readonly byte[] right = new byte[256 * 1024];

    [Params(false, true)]
    public bool Differ { get; set; }

    [GlobalSetup]
    public void Setup() => right[^1] = (byte)(Differ ? 1 : 0);

    [Benchmark]
    public int Compare() => BlockComparer.FindDifferences(new BlockRange(0, 4096, 64), 4096, left, right).Count;

    [Benchmark]
    public bool TestForZeros() => left.AsSpan().ContainsAnyExcept((byte)0);
}
