using BdSync.Cli.Output;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// What a command on the other side gets. Writing to a pipe can't be cancelled, only left behind, which is done when the token fires. Flushing does nothing: nothing is held back,
/// and the command may have ended by then, content with all that was written. Not safe for several threads.
/// </summary>
internal sealed class CommandInput(Stream pipe, CancellationToken ended) : WriteOnlyStream
{
    /// <summary>Whether writing has failed: the command takes nothing any more.</summary>
    public bool HasFailed { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer) => throw new NotSupportedException("Waiting is asynchronous here.");

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ended.ThrowIfCancellationRequested();
        try
        {
            await pipe.WriteAsync(buffer, ended).AsTask().WaitAsync(ended).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            HasFailed = true;
            throw new IOException($"The command on the other side takes no more: {exception.Message}", exception);
        }
    }
}
