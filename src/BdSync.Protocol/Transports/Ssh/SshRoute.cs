using System.Net.Sockets;
using BdSync.Protocol.Transports.Ssh.Keys;
using BdSync.Protocol.Transports.Ssh.Trust;
using Renci.SshNet;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// The way to a host: opens a connection to it, through others where there are jump hosts. One caller at a time. A passphrase is
/// asked for once.
/// </summary>
internal sealed class SshRoute
{
    private static readonly TimeSpan DefaultAliveLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan DefaultKeepAliveInterval = TimeSpan.FromMinutes(1);

    /// <summary>What timers can count.</summary>
    private static readonly TimeSpan MaxLimit = TimeSpan.FromDays(24);

    private static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(30);

    /// <summary>What sshd says when it has been shown MaxAuthTries keys.</summary>
    private const string TooManyKeys = "authentication failures";

    private readonly SshTransportOptions options;
    private readonly Action<string> warn;
    private readonly IReadOnlyList<SshHostSettings> hosts;
    private readonly RememberedPassphrases passphrases;

    /// <summary>Reads the configuration; connects to nothing.</summary>
    /// <exception cref="TransportException">The configuration can't be used.</exception>
    public SshRoute(SshTransportOptions options)
    {
        this.options = options;
        warn = options.OnWarning ?? (_ => { });
        passphrases = new(options.AskPassphrase);
        hosts = options.Resolve();
    }

    /// <summary>The host that it leads to.</summary>
    public SshHostSettings Target => hosts[^1];

    /// <summary>How long connecting to a host may take.</summary>
    public TimeSpan GetConnectTimeout(SshHostSettings settings) => Limit(options.ConnectTimeout ?? settings.ConnectTimeout ?? DefaultConnectTimeout);

    /// <summary>How long the host may be silent while an answer is due.</summary>
    public TimeSpan AliveLimit => Limit(
        options.AliveLimit
        ?? (Target.ServerAliveInterval > TimeSpan.Zero ? Target.ServerAliveInterval * Math.Max(Target.ServerAliveCountMax, 1) : DefaultAliveLimit));

    /// <summary>How messages call a host.</summary>
    public static string GetName(SshHostSettings settings) => $"{settings.User}@{settings.HostName}:{settings.Port}";

    /// <summary>Connects, and logs in.</summary>
    /// <param name="opened">Receives all that has to be disposed of, in the order in which it was opened.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<SshClient> OpenAsync(Stack<IDisposable> opened, CancellationToken cancellationToken)
    {
        SshClient? through = null;
        foreach (var host in hosts)
        {
            through = await ConnectAsync(host, through, opened, cancellationToken).ConfigureAwait(false);
        }

        return through!;
    }

    private async Task<SshClient> ConnectAsync(SshHostSettings settings, SshClient? through, Stack<IDisposable> opened, CancellationToken cancellationToken)
    {
        var name = GetName(settings);
        var timeout = GetConnectTimeout(settings);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var keys = UserKeys.Load(settings, passphrases.StartAsking(limit, timeout), warn);
        if (keys.Sources.Count == 0)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"There is no key to log in to {name} with ({keys.Describe()}).");
        }

        var verifier = new HostKeyVerifier(settings, warn);
        var jump = through is null ? null : JumpPort.Open(through, settings, opened);
        var (host, port) = jump is null ? (settings.HostName, settings.Port) : (JumpPort.Host, jump.Port);
        var connection = new ConnectionInfo(host, port, settings.User, new PrivateKeyAuthenticationMethod(settings.User, [.. keys.Sources])) { Timeout = timeout };
        SshCiphers.Apply(connection, settings.Ciphers);
        verifier.OrderHostKeyAlgorithms(connection);
        var client = new SshClient(connection);
        opened.Push(client);
        client.HostKeyReceived += (_, received) => received.CanTrust = verifier.Accept(received);
        try
        {
            // Most of it can't be cancelled, only left behind.
            limit.CancelAfter(timeout);
            await Task.Run(() => client.ConnectAsync(limit.Token), CancellationToken.None).WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"Connecting to {name} took longer than {timeout.TotalSeconds:0.#} seconds.", exception) { IsTransient = true };
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not TransportException)
        {
            throw verifier.Failure ?? Explain(exception, jump is null ? name : $"{name} (through {jump})", keys);
        }

        // A write that waits for a busy peer is no error; the session has a watch of its own.
        connection.Timeout = Timeout.InfiniteTimeSpan;
        // For what stands between, and forgets connections that are idle; and so that the system notices, in time, a host that is gone while nothing is sent to it.
        client.KeepAliveInterval = settings.ServerAliveInterval > TimeSpan.Zero ? Limit(settings.ServerAliveInterval) : DefaultKeepAliveInterval;

        return client;
    }

    private static TimeSpan Limit(TimeSpan time) => time < MaxLimit ? time : MaxLimit;

    private static TransportException Explain(Exception exception, string name, UserKeys keys) => exception switch
    {
        SshAuthenticationException => new(BdSyncExitStatus.Connection, $"{name} refuses the login: {exception.Message} ({keys.Describe()})", exception),
        SshConnectionException when exception.Message.Contains(TooManyKeys, StringComparison.OrdinalIgnoreCase) =>
            new(BdSyncExitStatus.Connection, $"{name} refuses the login: {exception.Message} ({keys.Describe()})", exception),
        SocketException or SshOperationTimeoutException or IOException => Unreachable($"{name} can't be reached: {exception.Message}"),
        SshConnectionException { DisconnectReason: DisconnectReason.KeyExchangeFailed } =>
            new(BdSyncExitStatus.Connection, $"{name} and this program don't agree on how to connect: {exception.Message}", exception),
        _ => Unreachable($"Connecting to {name} failed: {exception.Message}"),
    };

    private static TransportException Unreachable(string message) => new(BdSyncExitStatus.Connection, message.EndsWith('.') ? message : message + ".") { IsTransient = true };
}
