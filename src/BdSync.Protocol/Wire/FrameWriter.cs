using System.IO.Pipelines;

namespace BdSync.Protocol.Wire;

/// <summary>Puts messages into a stream. One caller at a time.</summary>
internal sealed class FrameWriter(Stream stream)
{
    private readonly PipeWriter output = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: 64 * 1024, leaveOpen: true));

    /// <summary>How many bytes wait for <see cref="FlushAsync"/>.</summary>
    public long UnflushedBytes => output.UnflushedBytes;

    public void Write<T>(T message)
        where T : IMessage => message.WriteTo(output);

    /// <summary>Hands all that was written to the stream.</summary>
    /// <exception cref="TransportException">The peer is gone.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            // WaitAsync: a write to a pipe of another process can't be cancelled, only left behind.
            var writing = output.FlushAsync(cancellationToken);
            if (!writing.IsCompletedSuccessfully)
            {
                await writing.AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            throw new TransportException(BdSyncExitStatus.Read, $"The peer is gone: {exception.Message}", exception);
        }
    }
}
