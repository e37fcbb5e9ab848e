namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>Hashes many blocks at the same time, one in each lane of a vector. Not safe for several threads.</summary>
internal abstract unsafe class LaneHasher
{
    /// <summary>How many blocks are hashed at the same time.</summary>
    public abstract int Count { get; }

    /// <summary>How many blocks at least make this faster than one block after the other.</summary>
    public abstract int MinCount { get; }

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
        return algorithm.Name switch
        {
            "md5" => Create<Md5Kernel>(algorithm, salt, width, gain: 6),
            "sha1" when ShaInstructions.AreSupported => Create<Sha1Kernel>(algorithm, salt, width, gain: 1.7, LaneWidth.Bits256),
            "sha1" => Create<Sha1Kernel>(algorithm, salt, width, gain: 2.5),
            "sha256" when ShaInstructions.AreSupported => Create<Sha256Kernel>(algorithm, salt, width, gain: 1.5, LaneWidth.Bits512),
            "sha256" => Create<Sha256Kernel>(algorithm, salt, width, gain: 2.5),
            _ => null,
        };
    }

    // The gain: how much faster filled lanes are than one block after the other, at the least width at which they are.
    private static LaneHasher? Create<TKernel>(
        DigestAlgorithm algorithm,
        ReadOnlySpan<byte> salt,
        LaneWidth width,
        double gain,
        LaneWidth minWidth = LaneWidth.Bits128)
        where TKernel : struct, ILaneKernel
    {
        if (width >= LaneWidth.Bits512 && Lanes512.IsSupported)
        {
            return new MerkleDamgardLaneHasher<Lanes512, TKernel>(salt, algorithm.Size, gain);
        }

        if (width >= LaneWidth.Bits256 && minWidth <= LaneWidth.Bits256 && Lanes256.IsSupported)
        {
            return new MerkleDamgardLaneHasher<Lanes256, TKernel>(salt, algorithm.Size, gain);
        }

        return width >= LaneWidth.Bits128 && minWidth <= LaneWidth.Bits128 && Lanes128.IsSupported
            ? new MerkleDamgardLaneHasher<Lanes128, TKernel>(salt, algorithm.Size, gain)
            : null;
    }
}
