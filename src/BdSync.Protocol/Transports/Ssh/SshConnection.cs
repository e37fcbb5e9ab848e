using Renci.SshNet;
using Renci.SshNet.Common;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// An ssh connection that exec channels share, with the connections to the jump hosts that it goes through. It ends with its last channel, unless
/// it is kept for further ones. Safe for several threads.
/// </summary>
internal sealed class SshConnection
{
    /// <summary>How many channels a connection gets: OpenSSH's MaxSessions. A server that allows fewer refuses, and another connection is opened.</summary>
    private const int MaxChannels = 10;

    /// <summary>How long ending a connection may hold up the rest; it goes on after that.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SshClient client;
    private readonly Stack<IDisposable> opened;
    private readonly Lock gate = new();
    private readonly List<SshCommand> commands = [];
    private readonly bool keepsIdle;
    private int channels;
    private bool isFull;
    private bool isClosed;

    private SshConnection(SshClient client, Stack<IDisposable> opened, SshRoute route, bool keepsIdle)
    {
        this.client = client;
        this.opened = opened;
        this.keepsIdle = keepsIdle;
        Name = SshRoute.GetName(route.Target);
        OpenLimit = route.GetConnectTimeout(route.Target);
        AliveLimit = route.AliveLimit;
    }

    /// <summary>Whom it leads to, for messages: user, host and port.</summary>
    public string Name { get; }

    /// <summary>How long the server may take to open a channel, and a command to say its first word.</summary>
    public TimeSpan OpenLimit { get; }

    public TimeSpan AliveLimit { get; }

    /// <summary>Whether it can be used for further channels.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return !isClosed && client.IsConnected;
            }
        }
    }

    /// <summary>Connects, through the jump hosts if there are any, and logs in.</summary>
    /// <param name="route">The way.</param>
    /// <param name="keepsIdle">Whether it stays open without a channel, until <see cref="Close"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TransportException">The host can't be reached, its key is not to be trusted, or it refuses the login.</exception>
    public static async Task<SshConnection> OpenAsync(SshRoute route, bool keepsIdle, CancellationToken cancellationToken)
    {
        var opened = new Stack<IDisposable>();
        try
        {
            return new(await route.OpenAsync(opened, cancellationToken).ConfigureAwait(false), opened, route, keepsIdle);
        }
        catch
        {
            DisposeInBackground(opened);
            throw;
        }
    }

    /// <summary>Starts the remote command in a channel of its own.</summary>
    /// <returns>The channel; null where the connection has as many as it may have.</returns>
    public async Task<Transport?> TryStartAsync(SshTransportOptions options, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (isClosed || isFull || channels == MaxChannels)
            {
                return null;
            }

            channels++;
        }

        // Opening a channel waits for the server's answer.
        var starting = Task.Run(() => SshTransport.Start(client, this, options), CancellationToken.None);
        try
        {
            return await starting.WaitAsync(OpenLimit, cancellationToken).ConfigureAwait(false);
        }
        catch (SshException exception) when (exception is not SshConnectionException and not SshOperationTimeoutException && client.IsConnected)
        {
            Release(command: null, isWell: false);
            return null;
        }
        catch (Exception exception) when (exception is SshException or TimeoutException or ObjectDisposedException or InvalidOperationException)
        {
            Close();
            throw new TransportException(BdSyncExitStatus.Connection, $"The connection to {Name} was lost: {exception.Message}", exception) { IsTransient = true };
        }
        catch
        {
            // A channel that is opened after all is of no use to anybody.
            _ = starting.ContinueWith(task => task.Result.DisposeAsync().AsTask(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Notes a command: it ends with the connection. SSH.NET would leave its streams waiting.</summary>
    public void Add(SshCommand command)
    {
        lock (gate)
        {
            commands.Add(command);
        }
    }

    /// <summary>Ends a command.</summary>
    public void Remove(SshCommand command)
    {
        lock (gate)
        {
            commands.Remove(command);
        }

        DisposeInBackground(new([command]));
    }

    /// <summary>Gives a channel back.</summary>
    /// <param name="command">What ran in it; null where nothing was started.</param>
    /// <param name="isWell">Whether the command has ended; else the server may be dead, and gets no further channels.</param>
    public void Release(SshCommand? command, bool isWell)
    {
        if (command is not null)
        {
            Remove(command);
        }

        bool isLast;
        lock (gate)
        {
            isFull |= !isWell;
            isLast = --channels == 0 && !isClosed && (isFull || !keepsIdle);
            isClosed |= isLast;
        }

        if (isLast)
        {
            DisposeInBackground(opened);
        }
    }

    /// <summary>Ends the connection, and with it all of its channels.</summary>
    public void Close()
    {
        lock (gate)
        {
            if (isClosed)
            {
                return;
            }

            isClosed = true;
            commands.ForEach(opened.Push);
            commands.Clear();
        }

        DisposeInBackground(opened);
    }

    // The last one opened first: what goes through a connection ends before it does. A dead peer must not hold this up.
    private static void DisposeInBackground(Stack<IDisposable> parts)
    {
        var closing = new Thread(() =>
        {
            while (parts.TryPop(out var part))
            {
                try
                {
                    part.Dispose();
                }
                catch (Exception)
                {
                    // It is gone already.
                }
            }
        }) { IsBackground = true, Name = "ssh closing" };
        closing.Start();
        closing.Join(Grace);
    }
}
