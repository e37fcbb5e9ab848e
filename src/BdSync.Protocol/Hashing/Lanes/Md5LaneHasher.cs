using System.Buffers.Binary;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>md5(salt ‖ block) in lanes of one width.</summary>
internal sealed unsafe class Md5LaneHasher<TLanes>(ReadOnlySpan<byte> salt) : LaneHasher
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>md5 works on chunks of 64 bytes (RFC 1321).</summary>
    private const int ChunkSize = 64;

    /// <summary>What follows a message: a bit, and its length in bits as 64 of them (RFC 1321, 3.1 and 3.2).</summary>
    private const int MinPadding = 1 + sizeof(ulong);

    private readonly byte[] salt = salt.ToArray();

    public override int Count => 2 * TLanes.Count;

    public override void Hash(byte** blocks, int count, int blockSize, byte** digests)
    {
        var lanes = Count;
        var rows = stackalloc byte*[lanes];
        var staged = stackalloc byte[lanes * ChunkSize];
        var state = stackalloc TLanes[2 * Md5Kernel<TLanes>.StateCount];
        Md5Kernel<TLanes>.Initialize(state);

        var messageLength = (long)salt.Length + blockSize;
        var chunks = (messageLength + MinPadding + ChunkSize - 1) / ChunkSize;
        for (long chunk = 0; chunk < chunks; chunk++)
        {
            var start = (chunk * ChunkSize) - salt.Length;
            if (start >= 0 && start + ChunkSize <= blockSize)
            {
                // All of it lies in the block: no copy.
                for (var lane = 0; lane < lanes; lane++)
                {
                    rows[lane] = blocks[Math.Min(lane, count - 1)] + start;
                }
            }
            else
            {
                for (var lane = 0; lane < lanes; lane++)
                {
                    rows[lane] = staged + (lane * ChunkSize);
                    if (lane < count)
                    {
                        Stage(new(rows[lane], ChunkSize), new(blocks[lane], blockSize), start, last: chunk == chunks - 1);
                    }
                }
            }

            Md5Kernel<TLanes>.Compress(state, rows);
        }

        for (var lane = 0; lane < count; lane++)
        {
            var words = (uint*)(state + (lane / TLanes.Count * Md5Kernel<TLanes>.StateCount)) + (lane % TLanes.Count);
            for (var word = 0; word < Md5Kernel<TLanes>.StateCount; word++)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(new(digests[lane] + (word * sizeof(uint)), sizeof(uint)), words[word * TLanes.Count]);
            }
        }
    }

    // Builds a chunk that has salt, padding or the length in it; start is its offset in the block, negative within the salt.
    private void Stage(Span<byte> chunk, ReadOnlySpan<byte> block, long start, bool last)
    {
        chunk.Clear();
        var position = 0;
        if (start < 0)
        {
            var part = salt.AsSpan((int)(salt.Length + start));
            part = part[..Math.Min(part.Length, ChunkSize)];
            part.CopyTo(chunk);
            position = part.Length;
        }

        var offset = start + position;
        if (position < ChunkSize && offset < block.Length)
        {
            var part = block[(int)offset..];
            part = part[..Math.Min(part.Length, ChunkSize - position)];
            part.CopyTo(chunk[position..]);
            position += part.Length;
        }

        // The bit that follows the message is in the chunk in which the message ends, or in the next one.
        if (position < ChunkSize && start + position == block.Length)
        {
            chunk[position] = 0x80;
        }

        if (last)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(chunk[(ChunkSize - sizeof(ulong))..], ((ulong)salt.Length + (ulong)block.Length) * 8);
        }
    }
}
