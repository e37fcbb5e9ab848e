using System.Security.Cryptography;
using System.Text;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Sessions;
using BdSync.Protocol.Transports;
using BdSync.Protocol.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BdSync.Protocol;

/// <summary>
/// Compares a local device with one behind a server, and writes a patch that makes the remote device equal to the local one (or
/// the other way round). Safe for several threads: each call is a session of its own.
/// </summary>
public sealed class BdSyncClient
{
    /// <summary>The size of the salt in bytes: the C tool's.</summary>
    private const int SaltLength = 32;

    private readonly BdSyncClientOptions options;
    private readonly ILogger logger;

    /// <summary>Creates a client.</summary>
    /// <param name="options">How to compare; null for the defaults.</param>
    /// <param name="logger">Receives the log; null for none.</param>
    /// <exception cref="BdSyncException">An option is out of range, or a digest unknown.</exception>
    public BdSyncClient(BdSyncClientOptions? options = null, ILogger<BdSyncClient>? logger = null)
    {
        this.options = options ?? new();
        this.options.Validate();
        this.logger = logger ?? NullLogger<BdSyncClient>.Instance;
    }

    /// <summary>Compares and writes the patch, through one server; all else is as with several.</summary>
    /// <param name="transport">The connection to the server; it stays open where this fails, and is completed where it succeeds.</param>
    /// <param name="local">The local device.</param>
    /// <param name="remotePath">The path of the remote device.</param>
    /// <param name="patch">Receives the patch; it isn't closed.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <returns>The sizes, and what the other end exited with.</returns>
    public Task<SyncResult> WritePatchAsync(
        Transport transport, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default) =>
        WritePatchAsync([transport], local, remotePath, patch, progress, cancellationToken);

    /// <summary>Compares and writes the patch. Memory does not depend on the devices' size or on how much differs.</summary>
    /// <param name="transports">Connections to one or more servers of the same device, which share the work; they stay open where this fails, and are completed where it succeeds. The patch is the same whatever their number.</param>
    /// <param name="local">The local device.</param>
    /// <param name="remotePath">The path of the remote device, as its system takes it: 1 to 4095 bytes in UTF-8.</param>
    /// <param name="patch">Receives the patch; it isn't closed. Where this fails it has got a patch without an end, which is refused by whoever reads it.</param>
    /// <param name="progress">Is told how far it has come, for every block range; null for nobody.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <returns>The sizes, and what the other end exited with: the first status that isn't 0.</returns>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict; nothing was written.</exception>
    /// <exception cref="DigestException">The peer does not know the digest; nothing was written.</exception>
    /// <exception cref="TransportException">The peer is gone.</exception>
    /// <exception cref="ProtocolException">The peer does not keep to the protocol.</exception>
    /// <exception cref="DeviceException">The local device can't be read.</exception>
    /// <exception cref="BdSyncException">The patch can't be written, there is no randomness for the salt, or the work can't be shared.</exception>
    public Task<SyncResult> WritePatchAsync(
        IReadOnlyList<Transport> transports, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transports);
        ArgumentOutOfRangeException.ThrowIfZero(transports.Count, nameof(transports));
        return WritePatchAsync([.. transports.Select(ConnectionPolicy.Given)], local, remotePath, patch, progress, cancellationToken);
    }

    /// <summary>
    /// Compares and writes the patch, over connections that the client opens and closes itself: as many as <see cref="BdSyncClientOptions.Channels"/>
    /// says, and again where they break, as <see cref="BdSyncClientOptions.Retries"/> says. The patch is the same whatever breaks.
    /// </summary>
    /// <param name="connector">Opens connections to servers of the same device.</param>
    /// <param name="local">The local device.</param>
    /// <param name="remotePath">The path of the remote device, as its system takes it: 1 to 4095 bytes in UTF-8.</param>
    /// <param name="patch">Receives the patch; it isn't closed. Where this fails it has got a patch without an end, which is refused by whoever reads it.</param>
    /// <param name="progress">Is told how far it has come, for every block range; null for nobody.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <returns>The sizes, and what the other end exited with: the first status that isn't 0.</returns>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict, and nothing was written; or the remote device's size has changed in between.</exception>
    /// <exception cref="TransportException">The peer can't be reached, or is gone, with no retries left (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    /// <exception cref="BdSyncException">As with connections that were opened before.</exception>
    public Task<SyncResult> WritePatchAsync(
        TransportConnector connector, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var policy = new ConnectionPolicy(connector.ConnectAsync, OwnsTransports: true, options.Retries, options.RetryDelay);
        return WritePatchAsync([.. Enumerable.Repeat(policy, options.Channels)], local, remotePath, patch, progress, cancellationToken);
    }

    private async Task<SyncResult> WritePatchAsync(
        IReadOnlyList<ConnectionPolicy> policies, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(patch);
        CheckChannels(policies.Count);
        var wirePath = GetWirePath(remotePath);
        var salt = CreateSalt();

        var meter = new SyncMeter();
        using var activity = Telemetry.Activities.StartActivity("bdsync.compare");
        try
        {
            var remote = await RemoteDeviceGroup.OpenAsync(policies, wirePath, meter, logger, cancellationToken).ConfigureAwait(false);
            await using var remoteLifetime = remote.ConfigureAwait(false);
            var sizes = options.ResolveSizes(local.Length, remote.Length, logger);
            var writer = new PatchWriter(patch);
            var measured = new MeasuredDevice(ShortenedDevice.Limit(local, sizes.ComparedLength), meter, isLocal: true);
            var session = new ClientSession(options, remote, remotePath, measured, sizes, salt, writer, meter, progress, logger);
            await session.RunAsync(cancellationToken).ConfigureAwait(false);
            var status = await remote.CompleteAsync(cancellationToken).ConfigureAwait(false);
            var result = new SyncResult(writer.BytesWritten, local.Length, remote.Length, writer.DataBytesWritten, status) { Statistics = meter.Statistics };
            Telemetry.Complete(activity, result);
            return result;
        }
        catch (Exception exception)
        {
            Telemetry.Fail(activity, exception);
            throw;
        }
    }

    private void CheckChannels(int count)
    {
        if (count > 1 && options is { RemoteData: true, Checksum: not null })
        {
            throw new BdSyncException(
                BdSyncExitStatus.Parameters, "The work can't be shared by several servers: the checksum over the remote device needs one server that reads all of it.");
        }
    }

    private static string GetWirePath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var length = Encoding.UTF8.GetByteCount(path);
        if (length is < 1 or > WireLimits.MaxPathLength || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new BdSyncException(
                BdSyncExitStatus.Parameters, $"The path of the remote device has {length} bytes; 1 to {WireLimits.MaxPathLength} without a NUL are allowed.");
        }

        // The C tool's server refuses a path of one byte.
        return length < WireLimits.MinPathLength && path != "/" ? "./" + path : path;
    }

    private byte[] CreateSalt()
    {
        var salt = new byte[SaltLength];
        if (!options.FixedSalt)
        {
            try
            {
                RandomNumberGenerator.Fill(salt);
            }
            catch (CryptographicException exception)
            {
                throw new BdSyncException(BdSyncExitStatus.Randomness, $"The system gives no random numbers for the salt: {exception.Message}", exception);
            }
        }

        return salt;
    }
}
