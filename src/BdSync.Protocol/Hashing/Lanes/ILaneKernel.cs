namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>
/// The compression function of a digest that works on chunks of 16 words of 32 bits (md5, sha1, sha256), over many messages at once: one in
/// each lane of a group of vectors.
/// </summary>
internal unsafe interface ILaneKernel
{
    /// <summary>
    /// How many groups of messages are compressed side by side: more than one where each step waits for the one before it, so that the
    /// processor can do another group's meanwhile.
    /// </summary>
    static abstract int Groups { get; }

    /// <summary>The words of the state. A digest has as many, or fewer.</summary>
    static abstract int StateCount { get; }

    /// <summary>The order of the bytes in a word.</summary>
    static abstract bool IsBigEndian { get; }

    /// <summary>Sets the state to its start.</summary>
    /// <param name="state">The groups', one behind the other: each <see cref="StateCount"/> vectors.</param>
    static abstract void Initialize<TLanes>(TLanes* state)
        where TLanes : unmanaged, ILanes<TLanes>;

    /// <summary>Compresses a chunk of every message.</summary>
    /// <param name="state">The groups', one behind the other: each <see cref="StateCount"/> vectors.</param>
    /// <param name="words">The first group's chunk: 16 vectors, one for each word, its bytes in the order of the message.</param>
    /// <param name="stride">How many vectors further the next group's chunk is.</param>
    static abstract void Compress<TLanes>(TLanes* state, TLanes* words, int stride)
        where TLanes : unmanaged, ILanes<TLanes>;
}
