using BdSync.Protocol.Devices;
using BdSync.Protocol.Hashing.Lanes;
using BdSync.Protocol.Planning;

namespace BdSync.Protocol.Hashing;

/// <summary>
/// Turns blocks into digests: digest(salt ‖ block). One per worker: not safe for several threads.
/// </summary>
internal sealed class BlockHasher(BlockHashing settings) : IDisposable
{
    /// <summary>How many block sizes the digest of a zero block is remembered for: two passes use two.</summary>
    private const int MaxZeroDigests = 8;

    private static readonly byte[] Zeros = new byte[64 * 1024];

    private readonly LaneHasher? lanes = LaneHasher.Create(settings.Algorithm, settings.Salt.Span, settings.LaneWidth);
    private readonly SaltedDigest digest = settings.Algorithm.StartSalted(settings.Salt);
    private readonly Dictionary<int, byte[]> zeroDigests = [];

    public int DigestSize => settings.DigestSize;

    /// <summary>Hashes blocks that are in memory.</summary>
    /// <param name="blocks">The blocks, one behind the other, the last one padded.</param>
    /// <param name="blockSize">The size of each in bytes.</param>
    /// <param name="digests">Receives a digest per block.</param>
    public unsafe void HashBlocks(ReadOnlySpan<byte> blocks, int blockSize, Span<byte> digests)
    {
        var size = DigestSize;
        var capacity = lanes?.Count ?? 1;
        var sources = stackalloc byte*[capacity];
        var destinations = stackalloc byte*[capacity];
        var count = 0;
        fixed (byte* source = blocks, destination = digests)
        {
            for (var index = 0; index < blocks.Length / blockSize; index++)
            {
                var block = source + ((long)index * blockSize);
                if (settings.ZeroBlocks && !new ReadOnlySpan<byte>(block, blockSize).ContainsAnyExcept((byte)0))
                {
                    GetZeroDigest(blockSize, CancellationToken.None).CopyTo(digests.Slice(index * size, size));
                    continue;
                }

                sources[count] = block;
                destinations[count] = destination + (index * size);
                if (++count == capacity)
                {
                    HashBatch(sources, count, blockSize, destinations);
                    count = 0;
                }
            }

            HashBatch(sources, count, blockSize, destinations);
        }
    }

    /// <summary>Reads and hashes a block range.</summary>
    /// <param name="device">The device.</param>
    /// <param name="range">The blocks.</param>
    /// <param name="buffer">Receives the data, padded, where it has room for it and it has to be read.</param>
    /// <param name="digests">Receives a digest per block.</param>
    /// <param name="cancellationToken">Ends the work between two pieces.</param>
    /// <returns>Whether the buffer has the data of the whole range.</returns>
    public bool HashRange(Device device, BlockRange range, Span<byte> buffer, Span<byte> digests, CancellationToken cancellationToken)
    {
        if (device.IsHole(new(range.Offset, range.Length)))
        {
            FillWithZeroDigests(range.BlockSize, digests, cancellationToken);
            return false;
        }

        if (range.Length > buffer.Length)
        {
            for (var index = 0; index < range.Count; index++)
            {
                HashLargeBlock(device, range.Slice(index, 1), buffer, digests.Slice(index * DigestSize, DigestSize), cancellationToken);
            }

            return false;
        }

        var blocks = buffer[..(int)range.Length];
        device.ReadPadded(range.Offset, blocks);
        HashBlocks(blocks, range.BlockSize, digests);
        return true;
    }

    /// <summary>Reads a block that is too large for memory piece by piece and hashes it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="block">One block.</param>
    /// <param name="buffer">Room for a piece.</param>
    /// <param name="destination">Receives the digest.</param>
    /// <param name="cancellationToken">Ends the work between two pieces.</param>
    private void HashLargeBlock(Device device, BlockRange block, Span<byte> buffer, Span<byte> destination, CancellationToken cancellationToken)
    {
        digest.Begin();
        try
        {
            for (long done = 0; done < block.Length;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = buffer[..(int)Math.Min(buffer.Length, block.Length - done)];
                device.ReadPadded(block.Offset + done, piece);
                digest.Append(piece);
                done += piece.Length;
            }
        }
        finally
        {
            digest.Finish(destination);
        }
    }

    // The digest of a block of zeros, such as one that lies in a hole, or wholly behind the end of the device. A peer may ask for
    // blocks of two gigabytes: computing it can be ended.
    private ReadOnlySpan<byte> GetZeroDigest(int blockSize, CancellationToken cancellationToken)
    {
        if (!zeroDigests.TryGetValue(blockSize, out var result))
        {
            result = new byte[DigestSize];
            digest.Begin();
            try
            {
                for (var rest = blockSize; rest > 0; rest -= Math.Min(rest, Zeros.Length))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    digest.Append(Zeros.AsSpan(0, Math.Min(rest, Zeros.Length)));
                }
            }
            finally
            {
                digest.Finish(result);
            }

            if (zeroDigests.Count == MaxZeroDigests)
            {
                zeroDigests.Clear();
            }

            zeroDigests.Add(blockSize, result);
        }

        return result;
    }

    public void Dispose() => digest.Dispose();

    private void FillWithZeroDigests(int blockSize, Span<byte> digests, CancellationToken cancellationToken)
    {
        var zeroDigest = GetZeroDigest(blockSize, cancellationToken);
        for (; digests.Length > 0; digests = digests[zeroDigest.Length..])
        {
            zeroDigest.CopyTo(digests);
        }
    }

    // Lanes that are not filled cost as much as those that are: few blocks are hashed one after the other.
    private unsafe void HashBatch(byte** blocks, int count, int blockSize, byte** digests)
    {
        if (lanes is not null && count >= lanes.MinCount)
        {
            lanes.Hash(blocks, count, blockSize, digests);
            return;
        }

        for (var index = 0; index < count; index++)
        {
            digest.Hash(new(blocks[index], blockSize), new(digests[index], DigestSize));
        }
    }
}
