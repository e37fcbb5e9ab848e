using System.Net.Sockets;
using BdSync.Protocol.Transports.Ssh.Configuration;
using BdSync.Protocol.Transports.Ssh.Keys;
using BdSync.Protocol.Transports.Ssh.Trust;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>Opens the connections that lead to a host, one through the other where there are jump hosts.</summary>
/// <param name="options">How to reach it.</param>
/// <param name="opened">Receives all that has to be disposed of, in the order in which it was opened.</param>
internal sealed class SshRoute(SshTransportOptions options, Stack<IDisposable> opened)
{
    public static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(30);

    private readonly Action<string> warn = options.OnWarning ?? (_ => { });

    public async Task<SshClient> OpenAsync(SshHostSettings settings, CancellationToken cancellationToken)
    {
        SshClient? through = null;
        foreach (var jump in settings.ProxyJump)
        {
            var jumpSettings = SshConfiguration.Resolve(options with { Port = null, User = null, IdentityFiles = [] }, SshDestination.ParseJump(jump)) with { ProxyJump = [] };
            through = await ConnectAsync(jumpSettings, through, cancellationToken).ConfigureAwait(false);
        }

        return await ConnectAsync(settings, through, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SshClient> ConnectAsync(SshHostSettings settings, SshClient? through, CancellationToken cancellationToken)
    {
        var name = $"{settings.User}@{settings.HostName}:{settings.Port}";
        var keys = UserKeys.Load(settings, options.AskPassphrase, warn);
        opened.Push(keys);
        if (keys.Sources.Count == 0)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"There is no key to log in to {name} with. {keys.Describe()}");
        }

        var verifier = new HostKeyVerifier(settings, warn);
        var (host, port) = through is null ? (settings.HostName, settings.Port) : Forward(through, settings);
        var timeout = options.ConnectTimeout ?? settings.ConnectTimeout ?? DefaultConnectTimeout;
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

    private (string Host, int Port) Forward(SshClient through, SshHostSettings settings)
    {
        var port = new ForwardedPortLocal("127.0.0.1", 0, settings.HostName, (uint)settings.Port);
        through.AddForwardedPort(port);
        opened.Push(port);
        port.Start();
        return ("127.0.0.1", (int)port.BoundPort);
    }

    private static TransportException Explain(Exception exception, string name, UserKeys keys) => exception switch
    {
        SshAuthenticationException => new(BdSyncExitStatus.Connection, $"{name} refuses the login: {exception.Message} {keys.Describe()}", exception),
        SocketException or SshOperationTimeoutException or IOException => Unreachable($"{name} can't be reached: {exception.Message}"),
        SshConnectionException { DisconnectReason: DisconnectReason.KeyExchangeFailed or DisconnectReason.ProtocolError } =>
            new(BdSyncExitStatus.Connection, $"{name} and this program don't agree on how to connect: {exception.Message}", exception),
        _ => Unreachable($"Connecting to {name} failed: {exception.Message}"),
    };

    private static TransportException Unreachable(string message) => new(BdSyncExitStatus.Connection, message) { IsTransient = true };
}
