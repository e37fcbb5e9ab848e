using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Sessions;

/// <summary>One comparison of two devices of this machine.</summary>
internal sealed class LocalSession(BdSyncClientOptions options, Device source, Device target, SyncSizes sizes, IDifferenceSink sink, SyncMeter meter, IProgress<SyncProgress>? progress)
{
    /// <summary>Compares, and hands what differs to the sink.</summary>
    /// <returns>How many blocks were compared.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        await sink.BeginAsync(cancellationToken).ConfigureAwait(false);
        ReportProgress(0, completed: false);
        using var checksum = options.Checksum is null ? null : new DeviceChecksum(source, DigestAlgorithm.GetChecksum(options.Checksum).Start());
        using var buffers = new WorkerPool<RangeBuffer>(options.Threads, RangeBuffer.Rent);
        var comparer = new LocalComparer(source, target, buffers, options.FlushCache);
        var planner = new BlockPlanner(options.BlockSize, sizes.GetPlannedLength(withChecksum: checksum is not null), options.GetExtents(sizes), sample: options.Sample);

        // Reading everything twice would gain nothing here; a checksum, though, covers whole steps of the first pass.
        var twoPass = options.TwoPass && checksum is not null;
        var pipeline = new ComparisonPipeline(
            comparer, planner, source, twoPass, options.Extents is null && options.Sample is null, checksum, end => ReportProgress(Math.Min(end, sizes.ComparedLength), completed: false));
        await sink.TakeAsync(pipeline.RunAsync(sink.Keep, cancellationToken), cancellationToken).ConfigureAwait(false);
        await sink.CompleteAsync(checksum is null ? null : new(options.Checksum!, checksum.Finish()), cancellationToken).ConfigureAwait(false);
        ReportProgress(sizes.ComparedLength, completed: true);
        return planner.PlannedBlocks;
    }

    private void ReportProgress(long position, bool completed) =>
        progress?.Report(new(sink.BytesWritten, position, sizes.ComparedLength, completed) { DifferingBytes = sink.DifferingBytes, Statistics = meter.Statistics });
}
