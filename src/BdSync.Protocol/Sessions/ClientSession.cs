using System.Runtime.CompilerServices;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>One comparison with a remote device, from the first request to the last answer.</summary>
internal sealed class ClientSession(
    BdSyncClientOptions options, RemoteDeviceGroup remote, Device local, SyncSizes sizes, byte[] salt, IDifferenceSink sink, SyncMeter meter, IProgress<SyncProgress>? progress, ILogger logger)
{
    /// <summary>How far the comparison goes on before the peer is told that it may drop its cache, in bytes.</summary>
    private const long RelPosInterval = 32 * 1024 * 1024;

    private long nextRelPos = RelPosInterval;

    /// <summary>Compares, and hands what differs to the sink.</summary>
    /// <returns>How many blocks were compared.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var digest = SessionDigests.Choose(options.Digest, remote.Abilities)
            ?? (await new DigestProbe(remote, local, salt, options.Threads, logger).RunAsync(cancellationToken).ConfigureAwait(false)).Name;
        var algorithm = DigestAlgorithm.Get(digest);
        using var hashers = new WorkerPool<BlockHasher>(options.Threads, () => new(new(algorithm, salt, options.ZeroBlocks)));
        using var checksum = options.Checksum is null || options.RemoteData ? null : new DeviceChecksum(local, DigestAlgorithm.GetChecksum(options.Checksum).Start());
        logger.Comparing(sizes.ComparedLength, options.BlockSize, digest, options.Checksum ?? "(none)");

        // The server's checksum is of use where its data goes into the patch only.
        await remote.SetDigestsAsync(new(salt, digest, options.RemoteData ? options.Checksum ?? "" : ""), cancellationToken).ConfigureAwait(false);
        if (options.FlushCache)
        {
            await remote.SendHintAsync(0, GetHashes.FlushCache, cancellationToken).ConfigureAwait(false);
        }

        await sink.BeginAsync(cancellationToken).ConfigureAwait(false);
        ReportProgress(0, completed: false);
        var comparer = new RemoteComparer(remote, local, hashers, algorithm.Size, meter, options.FlushCache, logger);
        var planner = new BlockPlanner(options.BlockSize, sizes.GetPlannedLength(withChecksum: options.Checksum is not null), options.GetExtents(sizes), options.EndsExactly && remote.Length > sizes.ComparedLength, options.Sample);
        var pipeline = new ComparisonPipeline(comparer, planner, local, options.TwoPass && options.Sample is null, options.Extents is null && options.Sample is null, checksum, end => ReportProgress(Math.Min(end, sizes.ComparedLength), completed: false));
        await sink.TakeAsync(FollowAsync(pipeline.RunAsync(sink.Keep, cancellationToken), cancellationToken), cancellationToken).ConfigureAwait(false);

        // The end is written only when the peer agrees that all is well: a patch without an end is refused by whoever reads it.
        var patchChecksum = await GetChecksumAsync(checksum, cancellationToken).ConfigureAwait(false);
        await remote.CloseAsync(cancellationToken).ConfigureAwait(false);
        await sink.CompleteAsync(patchChecksum, cancellationToken).ConfigureAwait(false);
        ReportProgress(sizes.ComparedLength, completed: true);
        return planner.PlannedBlocks;
    }

    private async Task<PatchChecksum?> GetChecksumAsync(DeviceChecksum? checksum, CancellationToken cancellationToken)
    {
        if (options.Checksum is null)
        {
            return null;
        }

        var size = DigestAlgorithm.GetChecksum(options.Checksum).Size;
        return new(options.Checksum, checksum?.Finish() ?? await remote.GetChecksumAsync(size, cancellationToken).ConfigureAwait(false));
    }

    private async IAsyncEnumerable<ComparedRange> FollowAsync(IAsyncEnumerable<ComparedRange> results, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in results.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var end = result.Range.End;
            yield return result;
            await SendRelPosAsync(end, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendRelPosAsync(long position, CancellationToken cancellationToken)
    {
        if (!options.FlushCache && position >= nextRelPos)
        {
            await remote.SendHintAsync(position, GetHashes.RelPos, cancellationToken).ConfigureAwait(false);
            nextRelPos = position + RelPosInterval;
        }
    }

    private void ReportProgress(long position, bool completed) =>
        progress?.Report(new(sink.BytesWritten, position, sizes.ComparedLength, completed) { DifferingBytes = sink.DifferingBytes, Statistics = meter.Statistics });
}
