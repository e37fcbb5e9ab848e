using System.Security.Cryptography;
using System.Text;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Wire;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>A comparison with a remote device, from the first connection to the end of the last server. Safe for several threads.</summary>
internal sealed class ClientComparison(BdSyncClientOptions options, ILogger logger)
{
    /// <summary>The size of the salt in bytes: the C tool's.</summary>
    private const int SaltLength = 32;

    /// <summary>Compares.</summary>
    /// <param name="policies">The connections, one for each server.</param>
    /// <param name="local">The local device.</param>
    /// <param name="remotePath">The path of the remote device.</param>
    /// <param name="createSink">Makes what takes the results, when the other side is known, from the local device as far as it is compared.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<SessionOutcome> RunAsync(
        IReadOnlyList<ConnectionPolicy> policies,
        Device local,
        string remotePath,
        Func<Device, RemoteDeviceGroup, SyncSizes, IDifferenceSink> createSink,
        IProgress<SyncProgress>? progress,
        CancellationToken cancellationToken)
    {
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
            var measured = new MeasuredDevice(ShortenedDevice.Limit(local, sizes.ComparedLength), meter, isLocal: true);
            var sink = createSink(measured, remote, sizes);
            var blocks = await new ClientSession(options, remote, measured, sizes, salt, sink, meter, progress, logger).RunAsync(cancellationToken).ConfigureAwait(false);
            var status = await remote.CompleteAsync(cancellationToken).ConfigureAwait(false);
            Telemetry.Complete(activity, local.Length, remote.Length, sink.DifferingBytes, sink.BytesWritten);
            return new(local.Length, remote.Length, blocks, status, meter.Statistics);
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
