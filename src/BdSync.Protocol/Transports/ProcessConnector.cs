namespace BdSync.Protocol.Transports;

/// <summary>Starts a command for every connection. Safe for several threads.</summary>
public sealed class ProcessConnector : TransportConnector
{
    private readonly IReadOnlyList<string> words;
    private readonly Action<string>? onErrorLine;

    /// <summary>Creates a connector.</summary>
    /// <param name="words">The program and its arguments; the program is looked for in PATH.</param>
    /// <param name="onErrorLine">As <see cref="ProcessTransport.Start"/> takes it; the commands' lines come through the same one.</param>
    public ProcessConnector(IReadOnlyList<string> words, Action<string>? onErrorLine = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        this.words = words;
        this.onErrorLine = onErrorLine;
    }

    /// <inheritdoc/>
    public override Task<Transport> ConnectAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<Transport>(ProcessTransport.Start(words, onErrorLine));
}
