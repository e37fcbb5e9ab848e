using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Sessions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BdSync.Protocol;

/// <summary>
/// Compares two devices of this machine directly: no server, no digests. Safe for several threads: each call is work of its own.
/// </summary>
public sealed class BdSyncLocal
{
    private readonly BdSyncClientOptions options;
    private readonly ILogger logger;

    /// <summary>Creates it.</summary>
    /// <param name="options">How to compare; null for the defaults. Digest and salt are of no interest.</param>
    /// <param name="logger">Receives the log; null for none.</param>
    /// <exception cref="BdSyncException">An option is out of range, or a digest unknown.</exception>
    public BdSyncLocal(BdSyncClientOptions? options = null, ILogger<BdSyncLocal>? logger = null)
    {
        this.options = options ?? new();
        this.options.Validate();
        this.logger = logger ?? NullLogger<BdSyncLocal>.Instance;
    }

    /// <summary>Compares and writes the patch that a client would write with a server for <paramref name="remote"/>.</summary>
    /// <param name="local">What would be the local device.</param>
    /// <param name="remote">What would be the remote device.</param>
    /// <param name="patch">Receives the patch; it isn't closed. Where this fails it has got a patch without an end.</param>
    /// <param name="progress">Is told how far it has come, for every block range.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The sizes.</returns>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict; nothing was written.</exception>
    /// <exception cref="DeviceException">A device can't be read.</exception>
    /// <exception cref="BdSyncException">The patch can't be written.</exception>
    public async Task<SyncResult> WritePatchAsync(
        Device local, Device remote, Stream patch, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(patch);
        var sizes = options.ResolveSizes(local.Length, remote.Length, logger);
        var meter = new SyncMeter();
        var (limited, other) = (new MeasuredDevice(ShortenedDevice.Limit(local, sizes.ComparedLength), meter, isLocal: true), new MeasuredDevice(remote, meter, isLocal: false));
        var (source, target) = options.RemoteData ? (other, limited) : (limited, other);
        var writer = new PatchWriter(patch);
        await writer.WriteHeaderAsync(new(sizes.PatchLength, options.RemoteData ? local.Name : remote.Name), cancellationToken).ConfigureAwait(false);
        var checksum = await new LocalSession(options, source, target, sizes, meter, progress).RunAsync(writer, cancellationToken).ConfigureAwait(false);
        await writer.CompleteAsync(checksum, cancellationToken).ConfigureAwait(false);
        logger.PatchComplete(writer.BytesWritten);
        return Complete(writer, local.Length, remote.Length, sizes, meter, progress);
    }

    /// <summary>Makes the target equal to the source, as far as the size policy says, and returns when it is on stable storage.</summary>
    /// <param name="source">The source.</param>
    /// <param name="target">The target; where this fails or is cancelled it may be partly new.</param>
    /// <param name="progress">Is told how far it has come, for every block range; the patch's length is what was written.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The sizes, and how many bytes were written in place of the patch's length.</returns>
    /// <exception cref="SizeMismatchException">The sizes differ and the policy is strict, or the target can't be resized.</exception>
    /// <exception cref="DeviceException">A device can't be read or written.</exception>
    public async Task<SyncResult> ApplyAsync(
        Device source, WritableDevice target, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        var targetLength = target.Length;

        // Whose data it is, is said by the parameters here.
        var sizes = (options with { RemoteData = false }).ResolveSizes(source.Length, targetLength, logger);
        var meter = new SyncMeter();
        var sink = new DeviceSink(target, sizes.PatchLength, options.SizePolicy);
        try
        {
            sink.Begin();
            var measured = new MeasuredDevice(ShortenedDevice.Limit(source, sizes.ComparedLength), meter, isLocal: true);
            await new LocalSession(options, measured, new MeasuredDevice(target, meter, isLocal: false), sizes, meter, progress).RunAsync(sink, cancellationToken).ConfigureAwait(false);
            sink.Complete();
        }
        catch (Exception exception) when (exception is BdSyncException or OperationCanceledException)
        {
            logger.ApplyInterrupted(
                sink.HasTouchedTarget
                    ? $"{target.Name} is partly new: {sink.BytesWritten} bytes have been written. Another run completes it."
                    : $"Nothing has been written to {target.Name}.");
            throw;
        }

        logger.PatchApplied(sink.BytesWritten);
        return Complete(sink, source.Length, targetLength, sizes, meter, progress);
    }

    private static SyncResult Complete(IBlockSink sink, long localLength, long remoteLength, SyncSizes sizes, SyncMeter meter, IProgress<SyncProgress>? progress)
    {
        progress?.Report(new(sink.BytesWritten, sizes.ComparedLength, sizes.ComparedLength, Completed: true) { DifferingBytes = sink.DataBytesWritten, Statistics = meter.Statistics });
        return new(sink.BytesWritten, localLength, remoteLength, sink.DataBytesWritten, RemoteExitStatus: 0) { Statistics = meter.Statistics };
    }
}
