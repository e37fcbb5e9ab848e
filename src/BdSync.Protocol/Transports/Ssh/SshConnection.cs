using Renci.SshNet;
using Renci.SshNet.Common;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// An ssh connection that exec channels share, with the connections to the jump hosts that it goes through. It ends with its last channel.
/// Safe for several threads.
/// </summary>
internal sealed class SshConnection
{
    /// <summary>How many channels a connection gets: OpenSSH's MaxSessions. A server that allows fewer refuses, and another connection is opened.</summary>
    private const int MaxChannels = 10;

    private readonly SshClient client;
    private readonly Stack<IDisposable> opened;
    private readonly TimeSpan openLimit;
    private readonly Lock gate = new();
    private int channels;
    private bool isFull;
    private bool isClosed;

    private SshConnection(SshClient client, Stack<IDisposable> opened, string name, TimeSpan openLimit, TimeSpan aliveLimit)
    {
        this.client = client;
        this.opened = opened;
        Name = name;
        this.openLimit = openLimit;
        AliveLimit = aliveLimit;
    }

    /// <summary>Whom it leads to, for messages: user, host and port.</summary>
    public string Name { get; }

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
    /// <exception cref="TransportException">The host can't be reached, its key is not to be trusted, or it refuses the login.</exception>
    public static async Task<SshConnection> OpenAsync(SshTransportOptions options, SshRoute route, CancellationToken cancellationToken)
    {
        var opened = new Stack<IDisposable>();
        try
        {
            var client = await route.OpenAsync(opened, cancellationToken).ConfigureAwait(false);
            return new(client, opened, SshRoute.GetName(route.Target), route.GetConnectTimeout(route.Target), GetAliveLimit(options, route.Target));
        }
        catch
        {
            DisposeOf(opened);
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

        try
        {
            // Opening a channel waits for the server's answer.
            return await Task.Run(() => SshTransport.Start(client, this, options), CancellationToken.None).WaitAsync(openLimit, cancellationToken).ConfigureAwait(false);
        }
        catch (SshException) when (client.IsConnected)
        {
            lock (gate)
            {
                isFull = true;
            }

            Release();
            return null;
        }
        catch (Exception exception) when (exception is SshException or TimeoutException or ObjectDisposedException)
        {
            Close();
            throw new TransportException(BdSyncExitStatus.Connection, $"The connection to {Name} was lost: {exception.Message}", exception) { IsTransient = true };
        }
        catch
        {
            Release();
            throw;
        }
    }

    /// <summary>Gives a channel back.</summary>
    public void Release()
    {
        lock (gate)
        {
            if (--channels > 0)
            {
                return;
            }
        }

        Close();
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
        }

        DisposeOf(opened);
    }

    private static TimeSpan GetAliveLimit(SshTransportOptions options, SshHostSettings settings) =>
        options.AliveLimit
        ?? (settings.ServerAliveInterval > TimeSpan.Zero ? settings.ServerAliveInterval * Math.Max(settings.ServerAliveCountMax, 1) : TimeSpan.FromMinutes(5));

    // The last one opened first: what goes through a connection ends before it does. A dead peer must not hold this up.
    private static void DisposeOf(Stack<IDisposable> opened)
    {
        var closing = new Thread(() =>
        {
            while (opened.TryPop(out var part))
            {
                try
                {
                    part.Dispose();
                }
                catch (Exception exception) when (exception is SshException or IOException or ObjectDisposedException or InvalidOperationException)
                {
                    // It is gone already.
                }
            }
        }) { IsBackground = true, Name = "ssh closing" };
        closing.Start();
        closing.Join(TimeSpan.FromSeconds(2));
    }
}
