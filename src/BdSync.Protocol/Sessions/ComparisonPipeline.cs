using System.Runtime.CompilerServices;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// The stages of a comparison, chained: ranges → compared ranges, or with two passes: large ranges → compared → refined ranges →
/// compared. A sparse device has large ranges over its holes only. The checksum and the progress are taken on the way.
/// </summary>
internal sealed class ComparisonPipeline(
    RangeComparer comparer, BlockPlanner planner, Device local, bool twoPass, bool wholeDevice, DeviceChecksum? checksum, Action<long> reportPosition)
{
    /// <summary>How many block ranges may be asked for ahead of their comparison.</summary>
    private const int MaxAhead = 128;

    /// <summary>The same where ranges that have been compared already stand among them, each with a buffer.</summary>
    private const int MaxAheadWithBuffers = 16;

    /// <summary>Compares all that is planned.</summary>
    /// <param name="keep">Which data a result has to carry.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The results in ascending order, in blocks; who takes one disposes of it.</returns>
    public async IAsyncEnumerable<ComparedRange> RunAsync(Keep keep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in RunBlocksAsync(keep, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }

        await foreach (var result in comparer.RunAsync(ToAsyncEnumerable(planner.PlanTail()), keep, MaxAhead, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private IAsyncEnumerable<ComparedRange> RunBlocksAsync(Keep keep, CancellationToken cancellationToken)
    {
        var sparse = !twoPass && wholeDevice && local.FindData(0) is var data && (data.Offset > 0 || data.Length < local.Length);
        var firstKeep = checksum is not null ? Keep.Everything : twoPass ? Keep.Nothing : keep;
        var ranges = ToAsyncEnumerable(twoPass ? planner.PlanCoarse() : sparse ? planner.PlanSparse(local.FindData) : planner.Plan());
        var compared = ObserveAsync(comparer.RunAsync(ranges, firstKeep, MaxAhead, cancellationToken), cancellationToken);
        return twoPass || sparse ? comparer.RunAsync(RefineAsync(compared, cancellationToken), keep, sparse ? MaxAheadWithBuffers : MaxAhead, cancellationToken) : compared;
    }

    // The first pass sees all of the device, in order.
    private async IAsyncEnumerable<ComparedRange> ObserveAsync(
        IAsyncEnumerable<ComparedRange> compared, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in compared.ConfigureAwait(false))
        {
            if (checksum is not null && result.Data is { } data)
            {
                checksum.Append(data.Span);
            }
            else
            {
                checksum?.AppendUpTo(result.Range.End, cancellationToken);
            }

            var end = result.Range.End;
            yield return result;
            reportPosition(end);
        }
    }

    private async IAsyncEnumerable<PlannedRange> RefineAsync(
        IAsyncEnumerable<ComparedRange> compared, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var result in compared.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!planner.IsCoarse(result.Range))
            {
                yield return new(result.Range, result);
                continue;
            }

            using (result)
            {
                foreach (var range in result.Differences.SelectMany(planner.Refine))
                {
                    yield return new(range);
                }
            }
        }
    }

    private static async IAsyncEnumerable<PlannedRange> ToAsyncEnumerable(IEnumerable<BlockRange> ranges)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var range in ranges)
        {
            yield return new(range);
        }
    }
}
