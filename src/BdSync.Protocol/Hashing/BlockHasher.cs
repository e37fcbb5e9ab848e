using BdSync.Protocol.Devices;
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

    private readonly RunningDigest digest = settings.Algorithm.Start();
    private readonly Dictionary<int, byte[]> zeroDigests = [];

    public int DigestSize => settings.DigestSize;

    /// <summary>Hashes blocks that are in memory.</summary>
    /// <param name="blocks">The blocks, one behind the other, the last one padded.</param>
    /// <param name="blockSize">The size of each in bytes.</param>
    /// <param name="digests">Receives a digest per block.</param>
    public void HashBlocks(ReadOnlySpan<byte> blocks, int blockSize, Span<byte> digests)
    {
        var size = DigestSize;
        for (var index = 0; blocks.Length > 0; index++)
        {
            var block = blocks[..blockSize];
            var destination = digests.Slice(index * size, size);
            if (settings.ZeroBlocks && !block.ContainsAnyExcept((byte)0))
            {
                GetZeroDigest(blockSize, CancellationToken.None).CopyTo(destination);
            }
            else
            {
                digest.Append(settings.Salt.Span);
                digest.Append(block);
                digest.Finish(destination);
            }

            blocks = blocks[blockSize..];
        }
    }

    /// <summary>Reads a block that is too large for memory piece by piece and hashes it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="block">One block.</param>
    /// <param name="buffer">Room for a piece.</param>
    /// <param name="destination">Receives the digest.</param>
    /// <param name="cancellationToken">Ends the work between two pieces.</param>
    public void HashLargeBlock(Device device, BlockRange block, Span<byte> buffer, Span<byte> destination, CancellationToken cancellationToken)
    {
        digest.Append(settings.Salt.Span);
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

    /// <summary>The digest of a block of zeros, such as one that lies wholly behind the end of the device.</summary>
    /// <param name="blockSize">The size of the block in bytes.</param>
    /// <param name="cancellationToken">Ends the work: a peer may ask for two gigabytes.</param>
    /// <returns>The digest, valid until the next call.</returns>
    public ReadOnlySpan<byte> GetZeroDigest(int blockSize, CancellationToken cancellationToken)
    {
        if (!zeroDigests.TryGetValue(blockSize, out var result))
        {
            result = new byte[DigestSize];
            digest.Append(settings.Salt.Span);
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
}
