using System.Buffers;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BdSync.Protocol.Comparing;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// Compares block ranges with the peer: asks for its digests some way ahead, hashes the local blocks on all hashers, and gives
/// the results in the order of the ranges.
/// </summary>
internal sealed class Comparison(RemoteDevice remote, Device local, HasherPool hashers, int digestSize, bool flushCache, ILogger logger)
{
    /// <summary>How many requests may be under way.</summary>
    private const int MaxRequests = 128;

    /// <summary>How many bytes of answers may be under way; with large digests it is this that limits the requests.</summary>
    private const int MaxReplyLength = 4 * 1024 * 1024;

    /// <summary>Which data a result has to carry.</summary>
    public enum Keep
    {
        /// <summary>None: only what differs is of interest.</summary>
        Nothing,

        /// <summary>That of ranges that differ.</summary>
        Differing,

        /// <summary>All: there is a checksum to be computed.</summary>
        Everything,
    }

    /// <summary>Compares ranges.</summary>
    /// <param name="ranges">The ranges.</param>
    /// <param name="keep">Which data a result has to carry.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A result per range, in their order.</returns>
    public async IAsyncEnumerable<ComparedRange> RunAsync(
        IAsyncEnumerable<BlockRange> ranges, Keep keep, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var maxReply = BlockPlanner.MaxRangeCount * digestSize;
        var requests = Channel.CreateBounded<(BlockRange Range, Task<byte[]> Digests)>(Math.Clamp(MaxReplyLength / maxReply, 1, MaxRequests));
        var results = Channel.CreateBounded<Task<ComparedRange>>((2 * hashers.Count) + 2);
        var asking = AskAsync(ranges, requests.Writer, stop.Token);
        var comparing = CompareAsync(requests.Reader, results.Writer, keep, stop.Token);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return await result.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(asking, comparing).ConfigureAwait(false);
            while (results.Reader.TryRead(out var result))
            {
                await ((Task)result).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (result.IsCompletedSuccessfully)
                {
                    (await result.ConfigureAwait(false)).Dispose();
                }
            }
        }
    }

    // Never throws: an error travels down the channel, behind what came before it.
    private async Task AskAsync(IAsyncEnumerable<BlockRange> ranges, ChannelWriter<(BlockRange, Task<byte[]>)> requests, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var range in ranges.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await requests.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                await requests.WriteAsync((range, remote.GetHashesAsync(range, digestSize, cancellationToken)), cancellationToken).ConfigureAwait(false);
            }

            requests.Complete();
        }
        catch (Exception exception)
        {
            requests.Complete(exception);
        }
    }

    // Never throws, for the same reason.
    private async Task CompareAsync(
        ChannelReader<(BlockRange Range, Task<byte[]> Digests)> requests, ChannelWriter<Task<ComparedRange>> results, Keep keep, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (range, digests) in requests.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                var theirs = await digests.ConfigureAwait(false);
                await results.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                var hasher = await hashers.RentAsync(cancellationToken).ConfigureAwait(false);
                var comparing = Task.Run(
                    () =>
                    {
                        try
                        {
                            return Compare(range, theirs, hasher, keep, cancellationToken);
                        }
                        finally
                        {
                            hashers.Return(hasher);
                        }
                    },
                    CancellationToken.None);
                await results.WriteAsync(comparing, CancellationToken.None).ConfigureAwait(false);
            }

            results.Complete();
        }
        catch (Exception exception)
        {
            results.Complete(exception);
        }
    }

    private ComparedRange Compare(BlockRange range, byte[] theirs, BlockHasher hasher, Keep keep, CancellationToken cancellationToken)
    {
        byte[]? buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(range.Length, BlockPlanner.MaxRangeLength));
        var digestsLength = range.Count * digestSize;
        var ours = ArrayPool<byte>.Shared.Rent(digestsLength);
        try
        {
            var fits = range.Length <= buffer.Length;
            var digests = ours.AsSpan(0, digestsLength);
            if (fits)
            {
                var blocks = buffer.AsSpan(0, (int)range.Length);
                local.ReadPadded(range.Offset, blocks);
                hasher.HashBlocks(blocks, range.BlockSize, digests);
            }
            else
            {
                hasher.HashLargeBlock(local, range, buffer, digests, cancellationToken);
            }

            if (flushCache)
            {
                local.DropCache(new(range.Offset, range.Length));
            }

            var differences = DigestComparer.FindDifferences(range, digestSize, digests, theirs.AsSpan(0, digestsLength));
            logger.RangeCompared(range.BlockSize, range.Offset, range.End, differences.Count);
            if (!fits || keep == Keep.Nothing || (keep == Keep.Differing && differences.Count == 0))
            {
                return new(range, differences, null);
            }

            var result = new ComparedRange(range, differences, buffer);
            buffer = null;
            return result;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(ours);
            ArrayPool<byte>.Shared.Return(theirs);
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
