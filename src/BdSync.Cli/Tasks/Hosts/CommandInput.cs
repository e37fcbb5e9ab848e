namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// What a command on the other side gets. Writing to a pipe can't be cancelled, only left behind, which is done when the token fires. Not safe for
/// several threads.
/// </summary>
internal sealed class CommandInput(Stream pipe, CancellationToken ended) : Stream
{
    /// <summary>Whether writing has failed: the command takes nothing any more.</summary>
    public bool HasFailed { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ended.ThrowIfCancellationRequested();
        await TryAsync(() => pipe.WriteAsync(buffer, ended).AsTask()).ConfigureAwait(false);
    }

    public override void Flush() => FlushAsync(CancellationToken.None).GetAwaiter().GetResult();

    public override Task FlushAsync(CancellationToken cancellationToken) => TryAsync(() => pipe.FlushAsync(ended));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async Task TryAsync(Func<Task> write)
    {
        try
        {
            await write().WaitAsync(ended).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            HasFailed = true;
            throw new IOException($"The command on the other side takes no more: {exception.Message}", exception);
        }
    }
}
