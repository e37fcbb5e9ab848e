using BdSync.Protocol.Patching;
using BenchmarkDotNet.Attributes;

namespace BdSync.Benchmarks.Patching;

/// <summary>A patch of 64 MiB in blocks.</summary>
[MemoryDiagnoser]
public class PatchWriterBenchmarks
{
    private const int Length = 64 * 1024 * 1024;

    private readonly byte[] data = new byte[512 * 1024];

    [Params(512, 4096, 65536)]
    public int BlockSize { get; set; }

    [Benchmark]
    public async Task<long> Write()
    {
        var writer = new PatchWriter(Stream.Null);
        await writer.WriteHeaderAsync(new(Length, "/dev/null"));
        for (var offset = 0L; offset < Length; offset += data.Length)
        {
            await writer.WriteBlocksAsync(offset, data, BlockSize);
        }

        await writer.CompleteAsync();
        return writer.BytesWritten;
    }
}
