using BdSync.Protocol.Devices;
using BdSync.Protocol.Patching;
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
    /// <param name="local">What would be the local device; it isn't disposed of.</param>
    /// <param name="remote">What would be the remote device; it isn't disposed of.</param>
    /// <param name="patch">Receives the patch; it isn't closed. Where this fails it has got a patch without an end.</param>
    /// <param name="progress">Is told how far it has come, for every block range.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
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
        var writer = new PatchWriter(patch);
        var outcome = await RunAsync(options, local, remote, (source, header) => new DataSink(source, header, options.BlockSize, writer), progress, cancellationToken).ConfigureAwait(false);
        logger.PatchComplete(writer.BytesWritten);
        return new(writer.BytesWritten, local.Length, remote.Length, writer.DataBytesWritten, RemoteExitStatus: 0) { Statistics = outcome.Statistics };
    }

    /// <summary>
    /// Compares, and says where the devices differ; no data is kept. Sizes that differ are no error, but a difference: what both have is compared.
    /// <see cref="BdSyncClientOptions.Checksum"/> and <see cref="BdSyncClientOptions.SizePolicy"/> are of no interest, and <see cref="BdSyncClientOptions.RemoteData"/> is only where there is a patch.
    /// </summary>
    /// <param name="local">What would be the local device; it isn't disposed of.</param>
    /// <param name="remote">What would be the remote device; it isn't disposed of.</param>
    /// <param name="onDifference">
    /// Is told each extent that differs, in bytes, in ascending order, neighbours joined: one call at a time, on any thread, while the comparison goes on and waits for it; null for
    /// nobody. Where the comparison fails, what was found before may have been told.
    /// </param>
    /// <param name="repair">Receives a patch that makes the remote device equal to the local one, as <see cref="BdSyncClient"/> writes it; it isn't closed. Null for none.</param>
    /// <param name="progress">Is told how far it has come, for every block range.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="DeviceException">A device can't be read.</exception>
    /// <exception cref="BdSyncException">The patch can't be written.</exception>
    public async Task<ComparisonResult> CompareAsync(
        Device local, Device remote, Action<Extent>? onDifference = null, Stream? repair = null, IProgress<SyncProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(remote);
        var used = options.ForComparison(withPatch: repair is not null);
        DifferenceReport? report = null;

        // What only one of them has is no difference in data, unless it is to be mended.
        var common = repair is null ? ShortenedDevice.Limit(remote, local.Length) : remote;
        var outcome = await RunAsync(used, local, common, CreateReport, progress, cancellationToken).ConfigureAwait(false);
        return report!.GetResult(outcome with { RemoteLength = remote.Length });

        DifferenceReport CreateReport(Device source, PatchHeader header) =>
            report = new(repair is null ? null : new DataSink(source, header, used.BlockSize, new PatchWriter(repair)), used.BlockSize, header.DeviceLength, onDifference);
    }

    /// <summary>Makes the target equal to the source, as far as the size policy says, and returns when it is on stable storage.</summary>
    /// <param name="source">The source; it isn't disposed of.</param>
    /// <param name="target">The target; it isn't disposed of. Where this fails or is cancelled it may be partly new.</param>
    /// <param name="progress">Is told how far it has come, for every block range; the patch's length is what was written.</param>
    /// <param name="cancellationToken">Ends the work with an <see cref="OperationCanceledException"/>.</param>
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
        var sink = new DeviceSink(target, options.SizePolicy);
        try
        {
            var measured = new MeasuredDevice(ShortenedDevice.Limit(source, sizes.ComparedLength), meter, isLocal: true);
            var data = new DataSink(measured, new(sizes.PatchLength, target.Name), options.BlockSize, sink);
            await new LocalSession(options, measured, new MeasuredDevice(target, meter, isLocal: false), sizes, data, meter, progress).RunAsync(cancellationToken).ConfigureAwait(false);
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
        return new(sink.BytesWritten, source.Length, targetLength, sink.DataBytesWritten, RemoteExitStatus: 0) { Statistics = meter.Statistics };
    }

    private async Task<SessionOutcome> RunAsync(
        BdSyncClientOptions used, Device local, Device remote, Func<Device, PatchHeader, IDifferenceSink> createSink, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var sizes = used.ResolveSizes(local.Length, remote.Length, logger);
        var meter = new SyncMeter();
        var (limited, other) = (new MeasuredDevice(ShortenedDevice.Limit(local, sizes.ComparedLength), meter, isLocal: true), new MeasuredDevice(remote, meter, isLocal: false));
        var (source, target) = used.RemoteData ? (other, limited) : (limited, other);
        var sink = createSink(source, new(sizes.PatchLength, used.RemoteData ? local.Name : remote.Name));
        var blocks = await new LocalSession(used, source, target, sizes, sink, meter, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        return new(local.Length, remote.Length, blocks, RemoteExitStatus: 0, meter.Statistics);
    }
}
