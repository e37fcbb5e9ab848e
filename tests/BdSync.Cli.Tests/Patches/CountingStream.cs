using BdSync.Cli.Output;

namespace BdSync.Cli.Tests.Patches;

/// <summary>Counts what is written, and when.</summary>
internal sealed class CountingStream(VirtualTime time) : WriteOnlyStream
{
    private readonly List<(double Seconds, long Total)> writes = [];

    public long BytesWritten { get; private set; }

    /// <summary>Whether never more had come than the rate times the time, and a burst.</summary>
    public bool IsAlwaysWithin(long rate, long burst) => writes.TrueForAll(write => write.Total <= (write.Seconds * rate) + burst + 0.001);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        BytesWritten += buffer.Length;
        writes.Add((time.Now.TotalSeconds, BytesWritten));
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }
}
