using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Patching;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Sessions;

/// <summary>One comparison of two devices of this machine.</summary>
internal sealed class LocalSession(BdSyncClientOptions options, Device source, Device target, SyncSizes sizes, SyncMeter meter, IProgress<SyncProgress>? progress)
{
    /// <summary>Compares, and hands what differs to a sink.</summary>
    /// <returns>The checksum, where one was asked for.</returns>
    public async Task<PatchChecksum?> RunAsync(IBlockSink sink, CancellationToken cancellationToken)
    {
        ReportProgress(sink, 0);
        using var checksum = options.Checksum is null ? null : new DeviceChecksum(source, DigestAlgorithm.GetChecksum(options.Checksum).Start());
        using var buffers = new WorkerPool<RangeBuffer>(options.Threads, RangeBuffer.Rent);
        var comparer = new LocalComparer(source, target, buffers, options.FlushCache);
        var planner = new BlockPlanner(options.BlockSize, sizes.GetPlannedLength(withChecksum: checksum is not null), options.GetExtents(sizes));

        // Reading everything twice would gain nothing here; a checksum, though, covers whole steps of the first pass.
        var twoPass = options.TwoPass && checksum is not null;
        var pipeline = new ComparisonPipeline(comparer, planner, source, twoPass, options.Extents is null, checksum, end => ReportProgress(sink, Math.Min(end, sizes.ComparedLength)));
        var writer = new DataWriter(source, new(options.BlockSize, sizes.PatchLength), sink);
        await foreach (var result in pipeline.RunAsync(Keep.Differing, cancellationToken).ConfigureAwait(false))
        {
            using (result)
            {
                await writer.WriteAsync(result, cancellationToken).ConfigureAwait(false);
            }
        }

        return checksum is null ? null : new(options.Checksum!, checksum.Finish());
    }

    private void ReportProgress(IBlockSink sink, long position) => progress?.Report(new(sink.BytesWritten, position, sizes.ComparedLength, Completed: false) { DifferingBytes = sink.DataBytesWritten, Statistics = meter.Statistics });
}
