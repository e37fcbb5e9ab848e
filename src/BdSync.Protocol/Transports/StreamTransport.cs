namespace BdSync.Protocol.Transports;

/// <summary>A pair of streams that somebody else has opened and will close: a socket, say, or a pipe within the process.</summary>
public sealed class StreamTransport : Transport
{
    /// <summary>Creates a transport.</summary>
    /// <param name="input">What the peer sends; it isn't closed.</param>
    /// <param name="output">What goes to the peer; it isn't closed.</param>
    public StreamTransport(Stream input, Stream output)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        Input = input;
        Output = output;
    }

    /// <inheritdoc/>
    public override Stream Input { get; }

    /// <inheritdoc/>
    public override Stream Output { get; }

    /// <inheritdoc/>
    public override Task<int> CompleteAsync(CancellationToken cancellationToken = default) => Task.FromResult(0);

    /// <inheritdoc/>
    protected override ValueTask DisposeAsyncCore() => ValueTask.CompletedTask;
}
