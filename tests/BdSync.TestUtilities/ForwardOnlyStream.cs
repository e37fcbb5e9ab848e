namespace BdSync.TestUtilities;

/// <summary>Bytes that can only be read from front to back, in small portions, as from a pipe.</summary>
public sealed class ForwardOnlyStream(byte[] content, int maxRead = int.MaxValue) : Stream
{
    private readonly MemoryStream inner = new(content, writable: false);

    /// <summary>Reading fails with an <see cref="IOException"/> here; null for never.</summary>
    public long? FailingOffset { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, maxRead);
        if (FailingOffset is { } failing)
        {
            if (inner.Position == failing)
            {
                throw new IOException("The test asked for it.");
            }

            count = (int)Math.Min(count, failing - inner.Position);
        }

        return inner.Read(buffer[..count]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
