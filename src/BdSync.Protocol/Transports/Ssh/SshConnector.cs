using System.Threading.Channels;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// Starts the remote command in exec channels of ssh connections: several channels share a connection, as far as the server allows, and a
/// connection ends with its last channel. Safe for several threads.
/// </summary>
public sealed class SshConnector : TransportConnector
{
    private readonly SshTransportOptions options;
    private readonly SshRoute route;
    private readonly List<SshConnection> connections = [];
    private readonly Channel<bool> turn = Channel.CreateBounded<bool>(1);

    /// <summary>Creates a connector; nothing is connected yet.</summary>
    /// <param name="options">The host, and how to reach it.</param>
    /// <exception cref="TransportException">A configuration file can't be understood (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public SshConnector(SshTransportOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        route = new(options);
        turn.Writer.TryWrite(true);
    }

    /// <inheritdoc/>
    public override async Task<Transport> ConnectAsync(CancellationToken cancellationToken = default)
    {
        // One at a time, so that those who come after find a connection to share.
        await turn.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
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

            var opened = await SshConnection.OpenAsync(route, cancellationToken).ConfigureAwait(false);
            connections.Add(opened);
            return await opened.TryStartAsync(options, cancellationToken).ConfigureAwait(false)
                ?? throw new TransportException(BdSyncExitStatus.Connection, $"{opened.Name} refuses to execute a command: no session may be opened there (MaxSessions of sshd_config).");
        }
        finally
        {
            turn.Writer.TryWrite(true);
        }
    }
}
