using System.Buffers;
using System.Runtime.CompilerServices;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// One comparison, from the first request to the end of the patch. The stages are chained: ranges → compared ranges → (with
/// two passes: finer ranges → compared ranges) → records.
/// </summary>
internal sealed class ClientSession
{
    /// <summary>How far the comparison goes on before the peer is told that it may drop its cache, in bytes.</summary>
    private const long RelPosInterval = 32 * 1024 * 1024;

    private readonly BdSyncClientOptions options;
    private readonly RemoteDevice remote;
    private readonly Device local;
    private readonly SyncSizes sizes;
    private readonly PatchWriter patch;
    private readonly IProgress<SyncProgress>? progress;
    private readonly Comparison comparison;
    private readonly BlockPlanner planner;
    private readonly DeviceChecksum? checksum;
    private long nextRelPos = RelPosInterval;

    private ClientSession(
        BdSyncClientOptions options, RemoteDevice remote, Device local, SyncSizes sizes, PatchWriter patch, HasherPool hashers, DeviceChecksum? checksum, IProgress<SyncProgress>? progress, ILogger logger)
    {
        this.options = options;
        this.remote = remote;
        this.local = local;
        this.sizes = sizes;
        this.patch = patch;
        this.progress = progress;
        this.checksum = checksum;
        planner = new(options.BlockSize, sizes.GetPlannedLength(withChecksum: options.Checksum is not null));
        comparison = new(remote, local, hashers, DigestAlgorithm.Get(options.Digest).Size, options.FlushCache, logger);
    }

    /// <summary>Writes the patch. All arguments are open and stay so.</summary>
    /// <param name="options">The options, checked.</param>
    /// <param name="remote">The remote device.</param>
    /// <param name="remotePath">Its path.</param>
    /// <param name="local">The local device.</param>
    /// <param name="sizes">How far to go.</param>
    /// <param name="salt">What is hashed before every block.</param>
    /// <param name="stream">Receives the patch.</param>
    /// <param name="progress">Is told how far it has come.</param>
    /// <param name="logger">The log.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The size of the patch in bytes.</returns>
    public static async Task<long> RunAsync(
        BdSyncClientOptions options, RemoteDevice remote, string remotePath, Device local, SyncSizes sizes, byte[] salt, Stream stream, IProgress<SyncProgress>? progress, ILogger logger, CancellationToken cancellationToken)
    {
        var algorithm = DigestAlgorithm.Get(options.Digest);
        using var hashers = new HasherPool(new(algorithm, salt, options.ZeroBlocks), options.Threads);
        using var checksum = options.Checksum is null || options.RemoteData
            ? null
            : new DeviceChecksum(local, DigestAlgorithm.Get(options.Checksum, BdSyncExitStatus.Checksum).Start());
        logger.Comparing(sizes.ComparedLength, options.BlockSize, options.Digest, options.Checksum ?? "(none)");
        await remote.SetDigestsAsync(new(salt, options.Digest, options.Checksum ?? ""), cancellationToken).ConfigureAwait(false);
        if (options.FlushCache)
        {
            await remote.SendHintAsync(0, GetHashes.FlushCache, cancellationToken).ConfigureAwait(false);
        }

        var patch = new PatchWriter(stream);
        await patch.WriteHeaderAsync(new(sizes.PatchLength, options.RemoteData ? local.Name : remotePath), cancellationToken).ConfigureAwait(false);
        var session = new ClientSession(options, remote, local, sizes, patch, hashers, checksum, progress, logger);
        await session.RunAsync(cancellationToken).ConfigureAwait(false);
        logger.PatchComplete(patch.BytesWritten);
        return patch.BytesWritten;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        ReportProgress(0, completed: false);
        var keepAll = checksum is null ? Comparison.Keep.Nothing : Comparison.Keep.Everything;
        var keepDiffering = options.RemoteData ? Comparison.Keep.Nothing : Comparison.Keep.Differing;
        var ranges = ToAsyncEnumerable(options.TwoPass ? planner.PlanCoarse() : planner.Plan());
        var firstKeep = checksum is null && !options.TwoPass ? keepDiffering : keepAll;
        var compared = TakeChecksumAsync(comparison.RunAsync(ranges, firstKeep, cancellationToken), cancellationToken);
        if (options.TwoPass)
        {
            compared = comparison.RunAsync(RefineAsync(compared, cancellationToken), keepDiffering, cancellationToken);
        }

        await (options.RemoteData ? WriteRemoteDataAsync(compared, cancellationToken) : WriteLocalDataAsync(compared, cancellationToken)).ConfigureAwait(false);

        // The end is written only when the peer agrees that all is well: a patch without an end is refused by whoever reads it.
        var digest = await GetChecksumAsync(cancellationToken).ConfigureAwait(false);
        await remote.CloseAsync(cancellationToken).ConfigureAwait(false);
        await patch.CompleteAsync(digest, cancellationToken).ConfigureAwait(false);
        ReportProgress(sizes.ComparedLength, completed: true);
    }

    private async Task<PatchChecksum?> GetChecksumAsync(CancellationToken cancellationToken)
    {
        if (options.Checksum is null)
        {
            return null;
        }

        var size = DigestAlgorithm.Get(options.Checksum, BdSyncExitStatus.Checksum).Size;
        return new(options.Checksum, checksum?.Finish() ?? await remote.GetChecksumAsync(size, cancellationToken).ConfigureAwait(false));
    }

    // The first pass sees all of the device, in order: this is where a checksum and the progress are taken.
    private async IAsyncEnumerable<ComparedRange> TakeChecksumAsync(
        IAsyncEnumerable<ComparedRange> compared, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in compared.ConfigureAwait(false))
        {
            if (checksum is not null && result.Buffer is { } buffer)
            {
                checksum.Append(buffer.AsSpan(0, (int)result.Range.Length));
            }
            else
            {
                checksum?.AppendUpTo(result.Range.End, cancellationToken);
            }

            var end = result.Range.End;
            yield return result;
            ReportProgress(Math.Min(end, sizes.ComparedLength), completed: false);
        }
    }

    private async IAsyncEnumerable<BlockRange> RefineAsync(
        IAsyncEnumerable<ComparedRange> compared, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in compared.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            using (result)
            {
                foreach (var range in result.Differences.SelectMany(planner.Refine))
                {
                    yield return range;
                }
            }
        }
    }

    private async Task WriteLocalDataAsync(IAsyncEnumerable<ComparedRange> compared, CancellationToken cancellationToken)
    {
        await foreach (var result in compared.ConfigureAwait(false))
        {
            using (result)
            {
                foreach (var extent in result.Differences)
                {
                    foreach (var piece in Split(extent, BlockPlanner.MaxRangeLength))
                    {
                        await WriteLocalPieceAsync(result, piece, cancellationToken).ConfigureAwait(false);
                    }
                }
            }

            await SendRelPosAsync(result.Range.End, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteLocalPieceAsync(ComparedRange result, Extent piece, CancellationToken cancellationToken)
    {
        var length = (int)piece.Length;
        if (result.Buffer is { } kept)
        {
            await patch.WriteBlocksAsync(piece.Offset, kept.AsMemory((int)(piece.Offset - result.Range.Offset), length), options.BlockSize, cancellationToken).ConfigureAwait(false);
            return;
        }

        // A block that was too large to be kept is read again.
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            local.ReadPadded(piece.Offset, buffer.AsSpan(0, length));
            await patch.WriteBlocksAsync(piece.Offset, buffer.AsMemory(0, length), options.BlockSize, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task WriteRemoteDataAsync(IAsyncEnumerable<ComparedRange> compared, CancellationToken cancellationToken)
    {
        await foreach (var (extent, fetching) in new RemoteReader(remote).ReadAsync(ListPiecesAsync(compared, cancellationToken), cancellationToken).ConfigureAwait(false))
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

    private async IAsyncEnumerable<Extent> ListPiecesAsync(IAsyncEnumerable<ComparedRange> compared, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in compared.ConfigureAwait(false))
        {
            using (result)
            {
                foreach (var piece in result.Differences.SelectMany(extent => Split(extent, RemoteReader.MaxLength)))
                {
                    yield return piece;
                }
            }

            await SendRelPosAsync(result.Range.End, cancellationToken).ConfigureAwait(false);
        }
    }

    // Cuts what goes into the patch where a record may end: at the end of a block or at a multiple of 32768 bytes within one.
    private IEnumerable<Extent> Split(Extent extent, int maxLength)
    {
        var end = Math.Min(extent.End, sizes.PatchLength);
        for (var offset = extent.Offset; offset < end;)
        {
            var restOfBlock = options.BlockSize - (offset % options.BlockSize);
            var length = options.BlockSize <= maxLength
                ? maxLength / options.BlockSize * options.BlockSize
                : Math.Min(restOfBlock, maxLength / PatchFormat.MaxWrittenRecordLength * PatchFormat.MaxWrittenRecordLength);
            var piece = new Extent(offset, Math.Min(length, end - offset));
            yield return piece;
            offset = piece.End;
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
        progress?.Report(new(patch.BytesWritten, position, sizes.ComparedLength, completed));

    private static async IAsyncEnumerable<BlockRange> ToAsyncEnumerable(IEnumerable<BlockRange> ranges)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var range in ranges)
        {
            yield return range;
        }
    }
}
