using System.Buffers.Binary;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>digest(salt ‖ block) in lanes of one width: what digests of the family of md5 have in common, chunks and padding.</summary>
/// <param name="salt">What is hashed before every block.</param>
/// <param name="digestSize">The size of a digest in bytes.</param>
/// <param name="gain">How many times faster filled lanes are than one block after the other.</param>
internal sealed unsafe class MerkleDamgardLaneHasher<TLanes, TKernel>(ReadOnlySpan<byte> salt, int digestSize, double gain) : LaneHasher
    where TLanes : unmanaged, ILanes<TLanes>
    where TKernel : struct, ILaneKernel
{
    private const int WordCount = 16;
    private const int ChunkSize = WordCount * sizeof(uint);

    /// <summary>What follows a message: a bit, and its length in bits as 64 of them (RFC 1321, 3.1 and 3.2; FIPS 180-4, 5.1.1).</summary>
    private const int MinPadding = 1 + sizeof(ulong);

    /// <summary>How many chunks' length of each block is turned into vectors at a time.</summary>
    private const int LinesAtATime = 4;

    /// <summary>Room for what is left of a chunk or for the salt (127 bytes at most), for the lines, and for the padding.</summary>
    private const int StreamCapacity = 32 + ((LinesAtATime + 2) * WordCount);

    private readonly byte[] salt = salt.ToArray();

    public override int Count => LaneCount;

    public override int MinCount { get; } = (int)Math.Ceiling(LaneCount / gain);

    private static int LaneCount => TKernel.Groups * TLanes.Count;

    public override void Hash(byte** blocks, int count, int blockSize, byte** digests)
    {
        var state = stackalloc TLanes[TKernel.Groups * TKernel.StateCount];
        TKernel.Initialize(state);
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
            var words = (uint*)(state + (lane / TLanes.Count * TKernel.StateCount)) + (lane % TLanes.Count);
            for (var word = 0; word < digestSize / sizeof(uint); word++)
            {
                var value = words[word * TLanes.Count];
                BinaryPrimitives.WriteUInt32LittleEndian(
                    new(digests[lane] + (word * sizeof(uint)), sizeof(uint)),
                    TKernel.IsBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value);
            }
        }
    }

    // The usual case, salt and block in whole words: the messages become a stream of vectors for each group (the salt's words, the blocks', the padding's),
    // of which each chunk is a window. Every byte of a block is loaded once, wherever in a chunk it falls.
    private void HashWords(TLanes* state, byte** blocks, int count, int blockSize)
    {
        var stream = stackalloc TLanes[TKernel.Groups * StreamCapacity];
        var rows = stackalloc byte*[LaneCount];
        for (var lane = 0; lane < LaneCount; lane++)
        {
            rows[lane] = blocks[Math.Min(lane, count - 1)];
        }

        var pending = 0;
        for (var offset = 0; offset < salt.Length; offset += sizeof(uint))
        {
            Append(BinaryPrimitives.ReadUInt32LittleEndian(salt.AsSpan(offset)));
        }

        for (long offset = 0; offset < blockSize;)
        {
            for (var line = 0; line < LinesAtATime && offset < blockSize; line++, offset += ChunkSize)
            {
                for (var group = 0; group < TKernel.Groups; group++)
                {
                    TLanes.Transpose(rows + (group * TLanes.Count), offset, stream + (group * StreamCapacity) + pending);
                }

                pending += WordCount;
            }

            pending = CompressPending(state, stream, pending);
        }

        Append(0x80);
        while (pending % WordCount != WordCount - 2)
        {
            Append(0);
        }

        var bits = GetLengthField(blockSize);
        Append((uint)bits);
        Append((uint)(bits >> 32));
        CompressPending(state, stream, pending);

        void Append(uint word)
        {
            for (var group = 0; group < TKernel.Groups; group++)
            {
                stream[(group * StreamCapacity) + pending] = TLanes.Broadcast(word);
            }

            pending++;
        }
    }

    // Returns how many words are left; they are at the start then.
    private static int CompressPending(TLanes* state, TLanes* stream, int pending)
    {
        var done = 0;
        for (; pending - done >= WordCount; done += WordCount)
        {
            TKernel.Compress(state, stream + done, StreamCapacity);
        }

        for (var index = done; index < pending; index++)
        {
            for (var group = 0; group < TKernel.Groups; group++)
            {
                stream[(group * StreamCapacity) + index - done] = stream[(group * StreamCapacity) + index];
            }
        }

        return pending - done;
    }

    // Any salt and any block: chunk by chunk, each put together in memory first.
    private void HashBytes(TLanes* state, byte** blocks, int count, int blockSize)
    {
        var staged = stackalloc byte[LaneCount * ChunkSize];
        var rows = stackalloc byte*[LaneCount];
        for (var lane = 0; lane < LaneCount; lane++)
        {
            rows[lane] = staged + (lane * ChunkSize);
        }

        var words = stackalloc TLanes[TKernel.Groups * WordCount];
        var chunks = ((long)salt.Length + blockSize + MinPadding + ChunkSize - 1) / ChunkSize;
        for (long chunk = 0; chunk < chunks; chunk++)
        {
            for (var lane = 0; lane < count; lane++)
            {
                Stage(new(rows[lane], ChunkSize), new(blocks[lane], blockSize), (chunk * ChunkSize) - salt.Length, last: chunk == chunks - 1);
            }

            for (var group = 0; group < TKernel.Groups; group++)
            {
                TLanes.Transpose(rows + (group * TLanes.Count), 0, words + (group * WordCount));
            }

            TKernel.Compress(state, words, WordCount);
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
            BinaryPrimitives.WriteUInt64LittleEndian(chunk[(ChunkSize - sizeof(ulong))..], GetLengthField(block.Length));
        }
    }

    // As a little-endian word shows it, whatever the digest's order of bytes.
    private ulong GetLengthField(int blockSize)
    {
        var bits = ((ulong)salt.Length + (ulong)blockSize) * 8;
        return TKernel.IsBigEndian ? BinaryPrimitives.ReverseEndianness(bits) : bits;
    }
}
