using System.Buffers;
using System.Runtime.CompilerServices;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>One comparison with a remote device, from the first request to the end of the patch.</summary>
internal sealed class ClientSession(
    BdSyncClientOptions options, RemoteDeviceGroup remote, string remotePath, Device local, SyncSizes sizes, byte[] salt, PatchWriter patch, SyncMeter meter, IProgress<SyncProgress>? progress, ILogger logger)
{
    /// <summary>How far the comparison goes on before the peer is told that it may drop its cache, in bytes.</summary>
    private const long RelPosInterval = 32 * 1024 * 1024;

    private readonly PatchPieces pieces = new(options.BlockSize, sizes.PatchLength);
    private long nextRelPos = RelPosInterval;

    public async Task RunAsync(CancellationToken cancellationToken)
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

        await patch.WriteHeaderAsync(new(sizes.PatchLength, options.RemoteData ? local.Name : remotePath), cancellationToken).ConfigureAwait(false);
        ReportProgress(0, completed: false);
        var comparer = new RemoteComparer(remote, local, hashers, algorithm.Size, meter, options.FlushCache, logger);
        var planner = new BlockPlanner(options.BlockSize, sizes.GetPlannedLength(withChecksum: options.Checksum is not null), options.GetExtents(sizes));
        var pipeline = new ComparisonPipeline(comparer, planner, local, options.TwoPass, options.Extents is null, checksum, end => ReportProgress(Math.Min(end, sizes.ComparedLength), completed: false));
        await (options.RemoteData ? WriteRemoteDataAsync(pipeline, cancellationToken) : WriteLocalDataAsync(pipeline, cancellationToken)).ConfigureAwait(false);

        // The end is written only when the peer agrees that all is well: a patch without an end is refused by whoever reads it.
        var patchChecksum = await GetChecksumAsync(checksum, cancellationToken).ConfigureAwait(false);
        await remote.CloseAsync(cancellationToken).ConfigureAwait(false);
        await patch.CompleteAsync(patchChecksum, cancellationToken).ConfigureAwait(false);
        ReportProgress(sizes.ComparedLength, completed: true);
        logger.PatchComplete(patch.BytesWritten);
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

    private async Task WriteLocalDataAsync(ComparisonPipeline pipeline, CancellationToken cancellationToken)
    {
        var writer = new DataWriter(local, pieces, patch);
        await foreach (var result in pipeline.RunAsync(Keep.Differing, cancellationToken).ConfigureAwait(false))
        {
            using (result)
            {
                await writer.WriteAsync(result, cancellationToken).ConfigureAwait(false);
            }

            await SendRelPosAsync(result.Range.End, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteRemoteDataAsync(ComparisonPipeline pipeline, CancellationToken cancellationToken)
    {
        var extents = ListPiecesAsync(pipeline, cancellationToken);
        await foreach (var (extent, fetching) in new RemoteReader(remote).ReadAsync(extents, cancellationToken).ConfigureAwait(false))
        {
            var data = await fetching.ConfigureAwait(false);
            try
            {
                await patch.WriteBlocksAsync(extent.Offset, data.AsMemory(0, (int)extent.Length), options.BlockSize, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(data);
            }
        }
    }

    private async IAsyncEnumerable<Extent> ListPiecesAsync(ComparisonPipeline pipeline, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in pipeline.RunAsync(Keep.Nothing, cancellationToken).ConfigureAwait(false))
        {
            using (result)
            {
                foreach (var piece in result.Differences.SelectMany(extent => pieces.Split(extent, RemoteReader.MaxLength)))
                {
                    yield return piece;
                }
            }

            await SendRelPosAsync(result.Range.End, cancellationToken).ConfigureAwait(false);
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
        progress?.Report(new(patch.BytesWritten, position, sizes.ComparedLength, completed) { DifferingBytes = patch.DataBytesWritten, Statistics = meter.Statistics });
}
