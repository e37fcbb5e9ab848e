using System.Runtime.CompilerServices;
using System.Threading.Channels;
using BdSync.Protocol.Wire;

namespace BdSync.Protocol.Sessions;

/// <summary>Fetches data of the remote device, several requests ahead, in the order of the extents.</summary>
internal sealed class RemoteReader(RemoteDeviceGroup remote)
{
    /// <summary>The longest extent that can be fetched at once, in bytes.</summary>
    public const int MaxLength = WireLimits.MaxBlockLength;

    /// <summary>How many requests may be under way: 4 MiB of answers.</summary>
    private const int MaxRequests = 32;

    /// <summary>Fetches extents.</summary>
    /// <param name="extents">The extents, each at most <see cref="MaxLength"/> bytes and on the device.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Each extent and its data, which may still be on its way: a rented buffer that the caller returns, and that may be longer.</returns>
    public async IAsyncEnumerable<(Extent Extent, Task<byte[]> Data)> ReadAsync(
        IAsyncEnumerable<Extent> extents, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var requests = Channel.CreateBounded<(Extent, Task<byte[]>)>(MaxRequests);
        var asking = AskAsync(extents, requests.Writer, stop.Token);
        try
        {
            await foreach (var request in requests.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return request;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(false);
        }
    }

    // Never throws: an error travels down the channel, behind what came before it.
    private async Task AskAsync(IAsyncEnumerable<Extent> extents, ChannelWriter<(Extent, Task<byte[]>)> requests, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var extent in extents.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await requests.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                await requests.WriteAsync((extent, remote.GetBlockAsync(extent, cancellationToken)), cancellationToken).ConfigureAwait(false);
            }

            requests.Complete();
        }
        catch (Exception exception)
        {
            requests.Complete(exception);
        }
    }
}
