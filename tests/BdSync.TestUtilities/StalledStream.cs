namespace BdSync.TestUtilities;

/// <summary>
/// A stream that takes so many bytes and then never answers again, whatever becomes of the cancellation token: a pipe of
/// another process that has stopped. Reading never answers at all.
/// </summary>
public sealed class StalledStream(long capacity = 0) : Stream
{
    private readonly Task<int> never = new TaskCompletionSource<int>().Task;
    private long length;

    /// <summary>How many bytes it has taken.</summary>
    public long BytesTaken => Interlocked.Read(ref length);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(never);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => never;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        Interlocked.Add(ref length, buffer.Length) <= capacity ? ValueTask.CompletedTask : new ValueTask((Task)never);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
        // Nothing is kept.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
