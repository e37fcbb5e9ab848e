using System.Buffers;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;
using BdSync.Protocol.Wire;
using BdSync.Protocol.Wire.Messages;

namespace BdSync.Protocol.Sessions;

/// <summary>The device that a server has opened for a client, and what the client has asked for. One caller at a time.</summary>
internal sealed class ServedDevice(Device device, BdSyncServerOptions options) : IDisposable
{
    private WorkerPool<BlockHasher>? hashers;
    private DeviceChecksum? checksum;
    private int digestSize;
    private bool flushCache;
    private long releasedPosition;

    public long Length => device.Length;

    /// <summary>Sets or replaces digest, salt and checksum.</summary>
    public async Task SetDigestsAsync(Digests digests)
    {
        var algorithm = DigestAlgorithm.Get(digests.Digest);
        var checksumAlgorithm = digests.Checksum.Length == 0 ? null : DigestAlgorithm.GetChecksum(digests.Checksum);
        await DrainAsync().ConfigureAwait(false);
        hashers?.Dispose();
        checksum?.Dispose();
        hashers = new(options.Threads, () => new(new(algorithm, digests.Salt, options.ZeroBlocks)));
        digestSize = algorithm.Size;
        checksum = checksumAlgorithm is null ? null : new(device, checksumAlgorithm.Start());
    }

    /// <summary>Follows a hint. One that makes no sense is ignored: it is only advice.</summary>
    public void TakeHint(GetHashes hint)
    {
        if (hint.Step == GetHashes.FlushCache)
        {
            flushCache = true;
        }
        else if (hint.Step == GetHashes.RelPos)
        {
            var position = Math.Clamp(hint.Start, 0, device.Length);
            if (position > releasedPosition)
            {
                device.DropCache(new(releasedPosition, position - releasedPosition));
            }

            // A client with two passes goes back: what it reads there is released the second time.
            releasedPosition = position;
        }
    }

    /// <summary>Starts the work for a request: returns when the last of its pieces is with a hasher.</summary>
    /// <returns>The answer, when all pieces are done.</returns>
    public async Task<Task<ServerReply>> StartHashingAsync(GetHashes request, CancellationToken cancellationToken)
    {
        var pool = hashers ?? throw new ProtocolException("The client asked for hashes before it sent a Digests message.");
        var range = CheckRange(request);
        var length = range.Count * digestSize;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        List<Task> pieces = [];
        var pieceCount = device.IsHole(new(range.Offset, range.Length)) && checksum is null
            ? range.Count
            : Math.Max(GetCountInMemory(range), (range.Count + options.Threads - 1) / options.Threads);
        for (var first = 0; first < range.Count; first += pieceCount)
        {
            var piece = range.Slice(first, Math.Min(pieceCount, range.Count - first));
            var digests = buffer.AsMemory(first * digestSize, piece.Count * digestSize);
            var task = await pool.StartAsync(hasher => Hash(piece, hasher, digests.Span, cancellationToken), cancellationToken).ConfigureAwait(false);
            pieces.Add(task);
            if (checksum is not null)
            {
                // A checksum has to see the device in order.
                await task.ConfigureAwait(false);
            }
        }

        return CompleteAsync();

        async Task<ServerReply> CompleteAsync()
        {
            await Task.WhenAll(pieces).ConfigureAwait(false);
            return new(new Hashes(request, buffer.AsMemory(0, length)), buffer);
        }
    }

    /// <summary>Reads the data that a client asks for.</summary>
    public ServerReply ReadBlock(GetBlock request)
    {
        if (request.Length is < 1 or > WireLimits.MaxBlockLength)
        {
            throw new ProtocolException($"The client asked for a block of {request.Length} bytes; 1 to {WireLimits.MaxBlockLength} are allowed.");
        }

        if (request.Position < 0 || request.Position > device.Length - request.Length)
        {
            throw new ProtocolException(
                BdSyncExitStatus.Transmission, $"The client asked for {request.Length} bytes from {request.Position}; the device has {device.Length}.");
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)request.Length);
        var data = buffer.AsMemory(0, (int)request.Length);
        device.ReadPadded(request.Position, data.Span);
        if (flushCache)
        {
            device.DropCache(new(request.Position, request.Length));
        }

        return new(new Block(request.Position, data), buffer);
    }

    /// <summary>The checksum of all that was hashed, up to the highest block; empty where none was asked for, or the second time, as the C tool answers.</summary>
    public byte[] TakeChecksum()
    {
        if (hashers is null)
        {
            throw new ProtocolException("The client asked for a checksum before it sent a Digests message.");
        }

        var result = checksum?.Finish() ?? [];
        checksum?.Dispose();
        checksum = null;
        return result;
    }

    /// <summary>Waits until no hasher is at work.</summary>
    public async Task DrainAsync()
    {
        if (hashers is not null)
        {
            await hashers.DrainAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        hashers?.Dispose();
        checksum?.Dispose();
        device.Dispose();
    }

    private BlockRange CheckRange(GetHashes request)
    {
        var maxCount = WireLimits.GetMaxHashesCount(digestSize);
        if (request.Start < 0 || request.Step is < 1 or > WireLimits.MaxStep || request.Count < 1 || request.Count > maxCount
            || request.Start > long.MaxValue - (request.Step * request.Count))
        {
            throw new ProtocolException(
                $"The client asked for {request.Count} hashes of {request.Step} bytes from {request.Start}; allowed are 1 to {maxCount} of 1 to {WireLimits.MaxStep} bytes, from 0 and to an end below 2^63.");
        }

        var range = new BlockRange(request.Start, (int)request.Step, (int)request.Count);
        if (checksum is { } running && range.End > running.Position && range.End - Math.Max(running.Position, device.Length) > WireLimits.MaxChecksumPadding)
        {
            throw new ProtocolException(
                BdSyncExitStatus.Checksum,
                $"The client asked for a checksum up to {range.End}, which is more than {WireLimits.MaxChecksumPadding} bytes behind the end of the device at {device.Length}.");
        }

        return range;
    }

    private static int GetCountInMemory(BlockRange range) => Math.Clamp(BlockPlanner.MaxRangeLength / range.BlockSize, 1, BlockPlanner.MaxRangeCount);

    // Returns nothing of interest.
    private bool Hash(BlockRange piece, BlockHasher hasher, Span<byte> digests, CancellationToken cancellationToken)
    {
        using var buffer = RangeBuffer.Rent();
        var step = device.IsHole(new(piece.Offset, piece.Length)) ? piece.Count : GetCountInMemory(piece);
        for (var first = 0; first < piece.Count; first += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(step, piece.Count - first);
            Hash(piece.Slice(first, count), hasher, buffer.Span, digests.Slice(first * digestSize, count * digestSize), cancellationToken);
        }

        if (flushCache)
        {
            device.DropCache(new(piece.Offset, piece.Length));
        }

        return true;
    }

    private void Hash(BlockRange range, BlockHasher hasher, Span<byte> buffer, Span<byte> digests, CancellationToken cancellationToken)
    {
        if (hasher.HashRange(device, range, buffer, digests, cancellationToken))
        {
            AppendToChecksum(range, buffer[..(int)range.Length], cancellationToken);
        }
        else
        {
            checksum?.AppendUpTo(range.End, cancellationToken);
        }
    }

    private void AppendToChecksum(BlockRange piece, ReadOnlySpan<byte> blocks, CancellationToken cancellationToken)
    {
        if (checksum is null || piece.End <= checksum.Position)
        {
            return;
        }

        checksum.AppendUpTo(piece.Offset, cancellationToken);
        checksum.Append(blocks[(int)(checksum.Position - piece.Offset)..]);
    }
}
