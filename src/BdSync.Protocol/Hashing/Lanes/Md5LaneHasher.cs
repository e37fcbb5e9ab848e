using System.Buffers.Binary;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>md5(salt ‖ block) in lanes of one width.</summary>
internal sealed unsafe class Md5LaneHasher<TLanes>(ReadOnlySpan<byte> salt) : LaneHasher
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>md5 works on chunks of 64 bytes (RFC 1321).</summary>
    private const int ChunkSize = Md5Kernel<TLanes>.WordCount * sizeof(uint);

    /// <summary>What follows a message: a bit, and its length in bits as 64 of them (RFC 1321, 3.1 and 3.2).</summary>
    private const int MinPadding = 1 + sizeof(ulong);

    /// <summary>How many chunks' length of each block is turned into vectors at a time.</summary>
    private const int LinesAtATime = 4;

    /// <summary>Room for what is left of a chunk or for the salt (127 bytes at most), for the lines, and for the padding.</summary>
    private const int StreamCapacity = 32 + ((LinesAtATime + 2) * Md5Kernel<TLanes>.WordCount);

    private readonly byte[] salt = salt.ToArray();

    public override int Count => 2 * TLanes.Count;

    public override void Hash(byte** blocks, int count, int blockSize, byte** digests)
    {
        var state = stackalloc TLanes[2 * Md5Kernel<TLanes>.StateCount];
        Md5Kernel<TLanes>.Initialize(state);
        if (salt.Length % sizeof(uint) == 0 && blockSize % ChunkSize == 0)
        {
            HashWords(state, blocks, count, blockSize);
        }
        else
        {
            HashBytes(state, blocks, count, blockSize);
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

    // The usual case, salt and block in whole words: the messages become two streams of vectors (the salt's words, the blocks', the padding's),
    // of which each chunk is a window. Every byte of a block is loaded once, wherever in a chunk it falls.
    private void HashWords(TLanes* state, byte** blocks, int count, int blockSize)
    {
        var first = stackalloc TLanes[2 * StreamCapacity];
        var second = first + StreamCapacity;
        var rows = stackalloc byte*[Count];
        var pending = 0;
        for (var offset = 0; offset < salt.Length; offset += sizeof(uint))
        {
            Append(BinaryPrimitives.ReadUInt32LittleEndian(salt.AsSpan(offset)));
        }

        for (long offset = 0; offset < blockSize;)
        {
            for (var line = 0; line < LinesAtATime && offset < blockSize; line++, offset += ChunkSize)
            {
                for (var lane = 0; lane < Count; lane++)
                {
                    rows[lane] = blocks[Math.Min(lane, count - 1)] + offset;
                }

                TLanes.Transpose(rows, first + pending);
                TLanes.Transpose(rows + TLanes.Count, second + pending);
                pending += Md5Kernel<TLanes>.WordCount;
            }

            pending = CompressPending(state, first, second, pending);
        }

        Append(0x80);
        while (pending % Md5Kernel<TLanes>.WordCount != Md5Kernel<TLanes>.WordCount - 2)
        {
            Append(0);
        }

        var bits = ((ulong)salt.Length + (ulong)blockSize) * 8;
        Append((uint)bits);
        Append((uint)(bits >> 32));
        CompressPending(state, first, second, pending);

        void Append(uint word)
        {
            first[pending] = TLanes.Broadcast(word);
            second[pending] = first[pending];
            pending++;
        }
    }

    // Returns how many words are left; they are at the start then.
    private static int CompressPending(TLanes* state, TLanes* first, TLanes* second, int pending)
    {
        var done = 0;
        for (; pending - done >= Md5Kernel<TLanes>.WordCount; done += Md5Kernel<TLanes>.WordCount)
        {
            Md5Kernel<TLanes>.Compress(state, first + done, second + done);
        }

        for (var index = done; index < pending; index++)
        {
            first[index - done] = first[index];
            second[index - done] = second[index];
        }

        return pending - done;
    }

    // Any salt and any block: chunk by chunk, each put together in memory first.
    private void HashBytes(TLanes* state, byte** blocks, int count, int blockSize)
    {
        var staged = stackalloc byte[Count * ChunkSize];
        var rows = stackalloc byte*[Count];
        for (var lane = 0; lane < Count; lane++)
        {
            rows[lane] = staged + (lane * ChunkSize);
        }

        var words = stackalloc TLanes[2 * Md5Kernel<TLanes>.WordCount];
        var chunks = ((long)salt.Length + blockSize + MinPadding + ChunkSize - 1) / ChunkSize;
        for (long chunk = 0; chunk < chunks; chunk++)
        {
            for (var lane = 0; lane < count; lane++)
            {
                Stage(new(rows[lane], ChunkSize), new(blocks[lane], blockSize), (chunk * ChunkSize) - salt.Length, last: chunk == chunks - 1);
            }

            TLanes.Transpose(rows, words);
            TLanes.Transpose(rows + TLanes.Count, words + Md5Kernel<TLanes>.WordCount);
            Md5Kernel<TLanes>.Compress(state, words, words + Md5Kernel<TLanes>.WordCount);
        }
    }

    // Builds a chunk; start is its offset in the block, negative within the salt.
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
