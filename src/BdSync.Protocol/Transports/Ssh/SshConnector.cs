namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// Starts the remote command in exec channels of ssh connections: several channels share a connection, as far as the server allows, and a
/// connection ends with its last channel. Safe for several threads.
/// </summary>
public sealed class SshConnector : TransportConnector, IDisposable
{
    private readonly SshTransportOptions options;
    private readonly SshRoute route;
    private readonly List<SshConnection> connections = [];
    private readonly SemaphoreSlim connecting = new(1);

    /// <summary>Creates a connector; nothing is connected yet.</summary>
    /// <param name="options">The host, and how to reach it.</param>
    /// <exception cref="TransportException">A configuration file can't be understood (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public SshConnector(SshTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        route = new(options);
    }

    /// <summary>Forgets the user's keys: nothing is connected any more after that. What is connected stays so.</summary>
    public void Dispose()
    {
        route.Dispose();
        connecting.Dispose();
    }

    /// <inheritdoc/>
    public override async Task<Transport> ConnectAsync(CancellationToken cancellationToken = default)
    {
        await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            connections.RemoveAll(connection => !connection.IsOpen);
            foreach (var connection in connections)
            {
                if (await connection.TryStartAsync(options, cancellationToken).ConfigureAwait(false) is { } transport)
                {
                    return transport;
                }
            }

            var opened = await SshConnection.OpenAsync(options, route, cancellationToken).ConfigureAwait(false);
            connections.Add(opened);
            return await opened.TryStartAsync(options, cancellationToken).ConfigureAwait(false)
                ?? throw new TransportException(BdSyncExitStatus.Connection, $"{opened.Name} refuses to execute a command: no session may be opened there (MaxSessions of sshd_config).");
        }
        finally
        {
            connecting.Release();
        }
    }
}
