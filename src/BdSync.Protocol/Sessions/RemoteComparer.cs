using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BdSync.Protocol.Comparing;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>Compares a local device with a remote one: asks for the peer's digests some way ahead, and hashes the local blocks.</summary>
internal sealed class RemoteComparer(RemoteDeviceGroup remote, Device local, WorkerPool<BlockHasher> hashers, int digestSize, SyncMeter meter, bool flushCache, ILogger logger)
    : RangeComparer
{
    /// <summary>How many bytes of answers may be under way; with large digests it is this that limits the requests.</summary>
    private const int MaxReplyLength = 4 * 1024 * 1024;

    /// <summary>Ranges that follow each other are asked for together, up to this many bytes of the device: one message for several.</summary>
    private const int MaxRequestLength = 4 * BlockPlanner.MaxRangeLength;

    private static readonly Task<byte[]> NoDigests = Task.FromResult<byte[]>([]);

    public override async IAsyncEnumerable<ComparedRange> RunAsync(
        IAsyncEnumerable<PlannedRange> ranges, Keep keep, int maxAhead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var groups = hashers.RunAsync(AskAsync(ranges, maxAhead, cancellationToken), (item, hasher) => Compare(item.Group, item.Digests, hasher, keep, cancellationToken), cancellationToken);
        await foreach (var group in groups.ConfigureAwait(false))
        {
            using (group)
            {
                while (group.TryTake(out var result))
                {
                    yield return result;
                }
            }
        }
    }

    private static async IAsyncEnumerable<List<PlannedRange>> GroupAsync(IAsyncEnumerable<PlannedRange> ranges, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<PlannedRange> group = [];
        await foreach (var planned in ranges.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (group.Count > 0 && !Continues(group, planned))
            {
                yield return group;
                group = [];
            }

            group.Add(planned);
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private static bool Continues(List<PlannedRange> group, PlannedRange planned)
    {
        var (first, last, next) = (group[0].Range, group[^1].Range, planned.Range);
        return planned.Result is null && group[0].Result is null
            && next.BlockSize == last.BlockSize && next.Offset == last.End
            && next.End - first.Offset <= MaxRequestLength && (next.End - first.Offset) / next.BlockSize <= BlockPlanner.MaxRangeCount;
    }

    private static BlockRange Join(List<PlannedRange> group) =>
        group[0].Range with { Count = group.Sum(planned => planned.Range.Count) };

    private async IAsyncEnumerable<(List<PlannedRange> Group, byte[] Digests)> AskAsync(
        IAsyncEnumerable<PlannedRange> ranges, int maxAhead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var maxReply = BlockPlanner.MaxRangeCount * digestSize;
        var requests = Channel.CreateBounded<(List<PlannedRange> Group, Task<byte[]> Digests)>(Math.Clamp(MaxReplyLength / maxReply, 1, maxAhead));
        var asking = AskAsync(ranges, requests.Writer, stop.Token);
        try
        {
            await foreach (var (group, digests) in requests.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return (group, await digests.ConfigureAwait(false));
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(false);
        }
    }

    // Never throws: an error travels down the channel, behind what came before it.
    private async Task AskAsync(IAsyncEnumerable<PlannedRange> ranges, ChannelWriter<(List<PlannedRange>, Task<byte[]>)> requests, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var group in GroupAsync(ranges, cancellationToken).ConfigureAwait(false))
            {
                await requests.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                var digests = group[0].Result is null ? remote.GetHashesAsync(Join(group), digestSize, cancellationToken) : NoDigests;
                await requests.WriteAsync((group, digests), cancellationToken).ConfigureAwait(false);
            }

            requests.Complete();
        }
        catch (Exception exception)
        {
            requests.Complete(exception);
        }
    }

    private ComparedGroup Compare(List<PlannedRange> planned, byte[] theirs, BlockHasher hasher, Keep keep, CancellationToken cancellationToken)
    {
        var group = new ComparedGroup(planned.Count);
        var rest = theirs.AsSpan();
        try
        {
            foreach (var (range, result) in planned)
            {
                group.Add(result ?? Compare(range, rest, hasher, keep, cancellationToken));
                rest = result is null ? rest[(range.Count * digestSize)..] : rest;
            }

            return group;
        }
        catch
        {
            group.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(theirs);
        }
    }

    private ComparedRange Compare(BlockRange range, ReadOnlySpan<byte> theirs, BlockHasher hasher, Keep keep, CancellationToken cancellationToken)
    {
        var digestsLength = range.Count * digestSize;
        var ours = ArrayPool<byte>.Shared.Rent(digestsLength);
        RangeBuffer? buffer = RangeBuffer.Rent();
        try
        {
            var digests = ours.AsSpan(0, digestsLength);
            var inMemory = hasher.HashRange(local, range, buffer.Span, digests, cancellationToken);
            meter.AddHashed(range.Length, isLocal: true);
            if (flushCache)
            {
                local.DropCache(new(range.Offset, range.Length));
            }

            var differences = BlockComparer.FindDifferences(range, digestSize, digests, theirs[..digestsLength]);
            logger.RangeCompared(range.BlockSize, range.Offset, range.End, differences.Count);
            var result = new ComparedRange(range, differences, inMemory && NeedsData(keep, differences) ? buffer : null);
            buffer = result.Buffer is null ? buffer : null;
            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(ours);
            buffer?.Dispose();
        }
    }
}
