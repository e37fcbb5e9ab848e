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
internal sealed class RemoteComparer(RemoteDeviceGroup remote, Device local, WorkerPool<BlockHasher> hashers, int digestSize, bool flushCache, ILogger logger)
    : RangeComparer
{
    /// <summary>How many bytes of answers may be under way; with large digests it is this that limits the requests.</summary>
    private const int MaxReplyLength = 4 * 1024 * 1024;

    private static readonly Task<byte[]> NoDigests = Task.FromResult<byte[]>([]);

    public override IAsyncEnumerable<ComparedRange> RunAsync(IAsyncEnumerable<PlannedRange> ranges, Keep keep, int maxAhead, CancellationToken cancellationToken) =>
        hashers.RunAsync(AskAsync(ranges, maxAhead, cancellationToken), (item, hasher) => item.Planned.Result ?? Compare(item.Planned.Range, item.Digests, hasher, keep, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<(PlannedRange Planned, byte[] Digests)> AskAsync(
        IAsyncEnumerable<PlannedRange> ranges, int maxAhead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var maxReply = BlockPlanner.MaxRangeCount * digestSize;
        var requests = Channel.CreateBounded<(PlannedRange Planned, Task<byte[]> Digests)>(Math.Clamp(MaxReplyLength / maxReply, 1, maxAhead));
        var asking = AskAsync(ranges, requests.Writer, stop.Token);
        try
        {
            await foreach (var (planned, digests) in requests.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return (planned, await digests.ConfigureAwait(false));
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(false);
        }
    }

    // Never throws: an error travels down the channel, behind what came before it.
    private async Task AskAsync(IAsyncEnumerable<PlannedRange> ranges, ChannelWriter<(PlannedRange, Task<byte[]>)> requests, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var planned in ranges.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await requests.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                var digests = planned.Result is null ? remote.GetHashesAsync(planned.Range, digestSize, cancellationToken) : NoDigests;
                await requests.WriteAsync((planned, digests), cancellationToken).ConfigureAwait(false);
            }

            requests.Complete();
        }
        catch (Exception exception)
        {
            requests.Complete(exception);
        }
    }

    private ComparedRange Compare(BlockRange range, byte[] theirs, BlockHasher hasher, Keep keep, CancellationToken cancellationToken)
    {
        var digestsLength = range.Count * digestSize;
        var ours = ArrayPool<byte>.Shared.Rent(digestsLength);
        RangeBuffer? buffer = RangeBuffer.Rent();
        try
        {
            var digests = ours.AsSpan(0, digestsLength);
            var inMemory = hasher.HashRange(local, range, buffer.Span, digests, cancellationToken);
            if (flushCache)
            {
                local.DropCache(new(range.Offset, range.Length));
            }

            var differences = BlockComparer.FindDifferences(range, digestSize, digests, theirs.AsSpan(0, digestsLength));
            logger.RangeCompared(range.BlockSize, range.Offset, range.End, differences.Count);
            var result = new ComparedRange(range, differences, inMemory && NeedsData(keep, differences) ? buffer : null);
            buffer = result.Buffer is null ? buffer : null;
            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(ours);
            ArrayPool<byte>.Shared.Return(theirs);
            buffer?.Dispose();
        }
    }
}
