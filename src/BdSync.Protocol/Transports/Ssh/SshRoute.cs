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
    public TimeSpan GetConnectTimeout(SshHostSettings settings) => options.ConnectTimeout ?? settings.ConnectTimeout ?? DefaultConnectTimeout;

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
        var name = through is null ? GetName(settings) : $"{GetName(settings)}, through the jump host,";
        using var keys = UserKeys.Load(settings, passphrases.StartAsking(), warn);
        if (keys.Sources.Count == 0)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"There is no key to log in to {name} with ({keys.Describe()}).");
        }

        var verifier = new HostKeyVerifier(settings, warn);
        var (host, port) = through is null ? (settings.HostName, settings.Port) : Forward(through, settings, opened);
        var timeout = GetConnectTimeout(settings);
        var connection = new ConnectionInfo(host, port, settings.User, new PrivateKeyAuthenticationMethod(settings.User, [.. keys.Sources])) { Timeout = timeout };
        SshCiphers.Apply(connection, settings.Ciphers);
        verifier.OrderHostKeyAlgorithms(connection);
        var client = new SshClient(connection);
        opened.Push(client);
        client.HostKeyReceived += (_, received) => received.CanTrust = verifier.Accept(received);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(timeout);
            await client.ConnectAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"Connecting to {name} took longer than {timeout.TotalSeconds:0.#} seconds.", exception) { IsTransient = true };
        }
        catch (Exception exception) when (exception is SshException or SocketException or IOException or ProxyException or InvalidOperationException)
        {
            throw verifier.Failure ?? Explain(exception, name, keys);
        }

        // A write that waits for a busy peer is no error; the session has a watch of its own.
        connection.Timeout = Timeout.InfiniteTimeSpan;
        return client;
    }

    private static (string Host, int Port) Forward(SshClient through, SshHostSettings settings, Stack<IDisposable> opened)
    {
        var port = new ForwardedPortLocal("127.0.0.1", 0, settings.HostName, (uint)settings.Port);
        through.AddForwardedPort(port);
        opened.Push(port);
        port.Start();
        return ("127.0.0.1", (int)port.BoundPort);
    }

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
