namespace BdSync.Protocol.Transports;

/// <summary>
/// Opens connections to one peer: as many as the client wants to use at the same time, and again those that broke. Safe for several threads.
/// </summary>
public abstract class TransportConnector
{
    /// <summary>Opens a connection.</summary>
    /// <param name="cancellationToken">Ends the attempt with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The connection; the caller disposes of it.</returns>
    /// <exception cref="TransportException">The peer can't be reached, or refuses.</exception>
    public abstract Task<Transport> ConnectAsync(CancellationToken cancellationToken = default);
}
