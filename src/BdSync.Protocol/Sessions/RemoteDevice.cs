using System.Buffers;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;
using Microsoft.Extensions.Logging;

namespace BdSync.Protocol.Sessions;

/// <summary>
/// The client's view of the device on the other side. Any number of requests may be under way, from any thread. It outlives its
/// connection where that may be opened again.
/// </summary>
internal sealed class RemoteDevice : IAsyncDisposable
{
    private readonly string path;
    private readonly SyncMeter meter;
    private readonly ILogger logger;
    private readonly ServerState state = new();
    private RequestQueue requests = null!;

    private RemoteDevice(string path, SyncMeter meter, ILogger logger)
    {
        this.path = path;
        this.meter = meter;
        this.logger = logger;
    }

    /// <summary>The size in bytes, as the peer states it.</summary>
    public long Length { get; private set; } = -1;

    /// <summary>What the peer can do beyond the C tool.</summary>
    public IReadOnlyList<string> Abilities { get; private set; } = [];

    /// <summary>Greets the peer and has it open its device.</summary>
    public static async Task<RemoteDevice> OpenAsync(ConnectionPolicy policy, string path, SyncMeter meter, ILogger logger, CancellationToken cancellationToken)
    {
        var device = new RemoteDevice(path, meter, logger);
        device.requests = await RequestQueue.OpenAsync(policy, device.GreetAsync, meter, logger, cancellationToken).ConfigureAwait(false);
        return device;
    }

    /// <summary>Sets how blocks are hashed from now on. There is no answer.</summary>
    public Task SetDigestsAsync(Digests digests, CancellationToken cancellationToken)
    {
        state.SetDigests(digests);
        return requests.SendAsync(digests, null, cancellationToken);
    }

    /// <summary>Gives a hint; returns once it is sent.</summary>
    public Task SendHintAsync(long start, long hint, CancellationToken cancellationToken)
    {
        if (hint == GetHashes.FlushCache)
        {
            state.SetFlushCache();
        }

        var request = new GetHashes(start, hint, 0);
        var reply = new PendingReply<bool>(request, MessageType.Hashes, frame =>
        {
            Hashes.Read(frame, request, []);
            return true;
        });
        return requests.SendAsync(request, reply, cancellationToken);
    }

    /// <summary>
    /// Asks for the digests of a block range. The result is a rented buffer, which may be longer: whoever takes it returns it to the
    /// shared pool.
    /// </summary>
    public Task<byte[]> GetHashesAsync(BlockRange range, int digestSize, CancellationToken cancellationToken)
    {
        var request = new GetHashes(range.Offset, range.BlockSize, range.Count);
        return requests.AskAsync(request, MessageType.Hashes, frame =>
        {
            var digests = ArrayPool<byte>.Shared.Rent(range.Count * digestSize);
            Hashes.Read(frame, request, digests.AsSpan(0, range.Count * digestSize));
            state.AddHashed(range);
            meter.AddHashed(range.Length, isLocal: false);
            meter.AddRead(Math.Clamp(Length - range.Offset, 0, range.Length), isLocal: false);
            return digests;
        }, cancellationToken);
    }

    /// <summary>
    /// Asks for data; at most <see cref="WireLimits.MaxBlockLength"/> bytes, all of them on the device. The result is a rented buffer,
    /// which may be longer: whoever takes it returns it to the shared pool.
    /// </summary>
    public Task<byte[]> GetBlockAsync(Extent extent, CancellationToken cancellationToken)
    {
        var request = new GetBlock(extent.Offset, extent.Length);
        return requests.AskAsync(request, MessageType.Block, frame =>
        {
            var data = ArrayPool<byte>.Shared.Rent((int)extent.Length);
            Block.Read(frame, request, data.AsSpan(0, (int)extent.Length));
            meter.AddRead(extent.Length, isLocal: false);
            return data;
        }, cancellationToken);
    }

    /// <summary>Asks for the checksum of all that the peer has hashed.</summary>
    public Task<byte[]> GetChecksumAsync(int size, CancellationToken cancellationToken) =>
        requests.AskAsync(default(GetChecksum), MessageType.Checksum, frame =>
        {
            var digest = new byte[size];
            Checksum.Read(frame, digest);
            return digest;
        }, cancellationToken);

    /// <summary>Ends the session in good order.</summary>
    public Task<Done> CloseAsync(CancellationToken cancellationToken) => requests.AskAsync(default(Done), MessageType.Done, Done.Read, cancellationToken);

    /// <summary>Waits until the server has ended.</summary>
    /// <returns>Its exit status.</returns>
    public Task<int> CompleteAsync(CancellationToken cancellationToken) => requests.CompleteAsync(cancellationToken);

    public ValueTask DisposeAsync() => requests.DisposeAsync();

    private async Task GreetAsync(RemoteConnection connection)
    {
        var (greeting, length) = await connection.OpenAsync(path).ConfigureAwait(false);
        logger.Connected(path, length, greeting.Role);
        if (Length < 0)
        {
            (Length, Abilities) = (length, greeting.Abilities);
            return;
        }

        if (length != Length)
        {
            throw new SizeMismatchException(
                $"The remote device had {Length} bytes, and {length} when the connection was opened again: it is another one, or it has changed. The patch is incomplete.");
        }

        if (Abilities.Except(greeting.Abilities).Any())
        {
            throw new ProtocolException($"The peer can do less than before the connection was opened again: it calls itself {greeting.Role}. The patch is incomplete.");
        }

        await state.RestoreAsync(connection).ConfigureAwait(false);
    }
}
