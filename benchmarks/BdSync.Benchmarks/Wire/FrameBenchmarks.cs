using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;
using BenchmarkDotNet.Attributes;

namespace BdSync.Benchmarks.Wire;

/// <summary>A thousand answers with the digests of 128 blocks each, written and read.</summary>
[MemoryDiagnoser]
public class FrameBenchmarks
{
    private const int Count = 1000;

    private readonly GetHashes request = new(0, 4096, 128);
    private readonly byte[] digests = new byte[128 * 16];
    private byte[] stream = [];

    [GlobalSetup]
    public async Task Setup()
    {
        using var memory = new MemoryStream();
        await WriteTo(memory);
        stream = memory.ToArray();
    }

    [Benchmark]
    public Task Write() => WriteTo(Stream.Null);

    [Benchmark]
    public async Task<int> Read()
    {
        var reader = new FrameReader(new MemoryStream(stream));
        var count = 0;
        while (await reader.ReadAsync(CancellationToken.None) is { } frame)
        {
            Hashes.Read(frame, request, digests);
            count++;
        }

        return count;
    }

    private async Task WriteTo(Stream output)
    {
        var writer = new FrameWriter(output);
        for (var index = 0; index < Count; index++)
        {
            writer.Write(new Hashes(request, digests));
            if (writer.UnflushedBytes > 64 * 1024)
            {
                await writer.FlushAsync(CancellationToken.None);
            }
        }

        await writer.FlushAsync(CancellationToken.None);
    }
}
