using System.Security.Cryptography;
using System.Text;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
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

    /// <summary>Compares and writes the patch. Memory does not depend on the devices' size or on how much differs.</summary>
    /// <param name="transport">The connection to a server; it stays open where this fails, and is completed where it succeeds.</param>
    /// <param name="local">The local device.</param>
    /// <param name="remotePath">The path of the remote device, as its system takes it: 1 to 4095 bytes in UTF-8.</param>
    /// <param name="patch">Receives the patch; it isn't closed. Where this fails it has got a patch without an end, which is refused by whoever reads it.</param>
    /// <param name="progress">Is told how far it has come, for every block range.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    /// <returns>The sizes, and what the other end exited with.</returns>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict; nothing was written.</exception>
    /// <exception cref="TransportException">The peer is gone.</exception>
    /// <exception cref="ProtocolException">The peer does not keep to the protocol.</exception>
    /// <exception cref="DeviceException">The local device can't be read.</exception>
    /// <exception cref="BdSyncException">The patch can't be written, or there is no randomness for the salt.</exception>
    public async Task<SyncResult> WritePatchAsync(
        Transport transport, Device local, string remotePath, Stream patch, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(patch);
        var wirePath = GetWirePath(remotePath);
        var salt = CreateSalt();

        var remote = await RemoteDevice.OpenAsync(transport, wirePath, logger, cancellationToken).ConfigureAwait(false);
        await using (remote.ConfigureAwait(false))
        {
            var sizes = ResolveSizes(local.Length, remote.Length);

            // As the C tool's client: a block that passes the smaller size is padded, though the local device has data there.
            var compared = sizes.ComparedLength < local.Length ? new ShortenedDevice(local, sizes.ComparedLength) : local;
            var length = await ClientSession.RunAsync(options, remote, remotePath, compared, sizes, salt, patch, progress, logger, cancellationToken).ConfigureAwait(false);
            var exitStatus = await transport.CompleteAsync(cancellationToken).ConfigureAwait(false);
            return new(length, local.Length, remote.Length, exitStatus);
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

    private SyncSizes ResolveSizes(long localLength, long remoteLength)
    {
        var (source, target) = options.RemoteData ? (remoteLength, localLength) : (localLength, remoteLength);
        var sizes = SyncSizes.Resolve(options.SizePolicy, source, target);
        if (localLength != remoteLength && options.WarnOfSizes && sizes is not null)
        {
            logger.SizesDiffer(localLength, remoteLength);
        }

        return sizes ?? throw new SizeMismatchException($"Different sizes local={localLength} remote={remoteLength}");
    }
}
