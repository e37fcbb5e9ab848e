namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>Hashes many blocks at the same time, one in each lane of a vector. Not safe for several threads.</summary>
internal abstract unsafe class LaneHasher
{
    /// <summary>How many blocks are hashed at the same time.</summary>
    public abstract int Count { get; }

    /// <summary>Hashes digest(salt ‖ block) of blocks of one size.</summary>
    /// <param name="blocks">The blocks, anywhere in memory.</param>
    /// <param name="count">How many: 1 to <see cref="Count"/>. Fewer take as long as all.</param>
    /// <param name="blockSize">Their size in bytes.</param>
    /// <param name="digests">Where each digest goes.</param>
    public abstract void Hash(byte** blocks, int count, int blockSize, byte** digests);

    /// <summary>Creates the fastest hasher that there is on this processor, and in the code that was compiled for it.</summary>
    /// <param name="algorithm">The digest.</param>
    /// <param name="salt">What is hashed before every block.</param>
    /// <param name="width">The widest lanes that may be used.</param>
    /// <returns>The hasher, or null where one block after the other is the way.</returns>
    public static LaneHasher? Create(DigestAlgorithm algorithm, ReadOnlySpan<byte> salt, LaneWidth width)
    {
        if (algorithm != DigestAlgorithm.Md5)
        {
            return null;
        }

        return width switch
        {
            >= LaneWidth.Bits512 when Lanes512.IsSupported => new Md5LaneHasher<Lanes512>(salt),
            >= LaneWidth.Bits256 when Lanes256.IsSupported => new Md5LaneHasher<Lanes256>(salt),
            >= LaneWidth.Bits128 when Lanes128.IsSupported => new Md5LaneHasher<Lanes128>(salt),
            _ => null,
        };
    }
}
