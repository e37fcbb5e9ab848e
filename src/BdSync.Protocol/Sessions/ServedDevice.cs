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
    private HasherPool? hashers;
    private DeviceChecksum? checksum;
    private int digestSize;
    private bool flushCache;
    private long releasedPosition;

    public long Length => device.Length;

    /// <summary>Sets or replaces digest, salt and checksum.</summary>
    public async Task SetDigestsAsync(Digests digests)
    {
        var algorithm = DigestAlgorithm.Get(digests.Digest);
        var checksumAlgorithm = digests.Checksum.Length == 0 ? null : DigestAlgorithm.Get(digests.Checksum, BdSyncExitStatus.Checksum);
        await DrainAsync().ConfigureAwait(false);
        hashers?.Dispose();
        checksum?.Dispose();
        hashers = new(new(algorithm, digests.Salt, options.ZeroBlocks), options.Threads);
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
        var pieceCount = Math.Clamp(BlockPlanner.MaxRangeLength / range.BlockSize, 1, BlockPlanner.MaxRangeCount);
        for (var first = 0; first < range.Count; first += pieceCount)
        {
            var piece = range.Slice(first, Math.Min(pieceCount, range.Count - first));
            var digests = buffer.AsMemory(first * digestSize, piece.Count * digestSize);
            var hasher = await pool.RentAsync(cancellationToken).ConfigureAwait(false);
            var task = Task.Run(
                () =>
                {
                    try
                    {
                        Hash(piece, hasher, digests.Span, cancellationToken);
                    }
                    finally
                    {
                        pool.Return(hasher);
                    }
                },
                CancellationToken.None);
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

    private void Hash(BlockRange piece, BlockHasher hasher, Span<byte> digests, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (checksum is null && piece.Offset >= device.Length)
        {
            FillWithZeroDigests(piece, hasher, digests, cancellationToken);
            return;
        }

        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(piece.Length, BlockPlanner.MaxRangeLength));
        try
        {
            if (piece.Length > buffer.Length)
            {
                hasher.HashLargeBlock(device, piece, buffer, digests, cancellationToken);
                checksum?.AppendUpTo(piece.End, cancellationToken);
            }
            else
            {
                var blocks = buffer.AsSpan(0, (int)piece.Length);
                device.ReadPadded(piece.Offset, blocks);
                hasher.HashBlocks(blocks, piece.BlockSize, digests);
                AppendToChecksum(piece, blocks, cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        if (flushCache)
        {
            device.DropCache(new(piece.Offset, piece.Length));
        }
    }

    private static void FillWithZeroDigests(BlockRange piece, BlockHasher hasher, Span<byte> digests, CancellationToken cancellationToken)
    {
        var zeroDigest = hasher.GetZeroDigest(piece.BlockSize, cancellationToken);
        for (; digests.Length > 0; digests = digests[zeroDigest.Length..])
        {
            zeroDigest.CopyTo(digests);
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
