using System.Threading.Channels;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// Starts the remote command in exec channels of ssh connections: several channels share a connection, as far as the server allows, and a
/// connection ends with its last channel, unless <see cref="ForCommand"/> is used. Only then there is something to dispose of. Safe for several threads.
/// </summary>
public sealed class SshConnector : TransportConnector, IAsyncDisposable
{
    private readonly SshTransportOptions options;
    private readonly SshRoute route;
    private readonly List<SshConnection> connections = [];
    private readonly Channel<bool> turn = Channel.CreateBounded<bool>(1);
    private bool keepsIdle;
    private bool isDisposed;

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

    /// <summary>
    /// Creates a connector for another command that shares this one's connections. From the first call on they stay open between commands, so that
    /// one login is enough for many.
    /// </summary>
    /// <param name="remoteCommand">What the remote shell executes.</param>
    /// <param name="onErrorLine">As <see cref="SshTransportOptions.OnErrorLine"/>, for this command.</param>
    /// <returns>The connector; of no use any more once this one is disposed of.</returns>
    public TransportConnector ForCommand(string remoteCommand, Action<string>? onErrorLine = null)
    {
        ArgumentNullException.ThrowIfNull(remoteCommand);
        keepsIdle = true;
        return new SshCommandConnector(this, options with { RemoteCommand = remoteCommand, OnErrorLine = onErrorLine });
    }

    /// <inheritdoc/>
    public override Task<Transport> ConnectAsync(CancellationToken cancellationToken = default) => StartAsync(options, cancellationToken);

    /// <summary>Ends all connections, and what still runs behind them. What is being opened is waited for.</summary>
    /// <returns>A task.</returns>
    public async ValueTask DisposeAsync()
    {
        await turn.Reader.ReadAsync().ConfigureAwait(false);
        isDisposed = true;
        connections.ForEach(connection => connection.Close());
        connections.Clear();
        turn.Writer.TryWrite(true);
    }

    /// <summary>Starts a command in a channel of a connection that is there, or of a new one.</summary>
    internal async Task<Transport> StartAsync(SshTransportOptions command, CancellationToken cancellationToken)
    {
        // One at a time, so that those who come after find a connection to share.
        await turn.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            connections.RemoveAll(connection => !connection.IsOpen);
            foreach (var connection in connections)
            {
                if (await TryStartAsync(connection, command, cancellationToken).ConfigureAwait(false) is { } transport)
                {
                    return transport;
                }
            }

            var opened = await SshConnection.OpenAsync(route, keepsIdle, cancellationToken).ConfigureAwait(false);
            connections.Add(opened);
            return await opened.TryStartAsync(command, cancellationToken).ConfigureAwait(false)
                ?? throw new TransportException(BdSyncExitStatus.Connection, $"{opened.Name} refuses to execute a command: no session may be opened there (MaxSessions of sshd_config).");
        }
        finally
        {
            turn.Writer.TryWrite(true);
        }
    }

    // A connection may have been lost while nobody used it: that a new one can be opened is what counts.
    private static async Task<Transport?> TryStartAsync(SshConnection connection, SshTransportOptions command, CancellationToken cancellationToken)
    {
        try
        {
            return await connection.TryStartAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (TransportException exception) when (exception.IsTransient)
        {
            return null;
        }
    }
}
