using System.Diagnostics.CodeAnalysis;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>
/// A vector of 32-bit words, one per block that is hashed at the same time, with the operations that digests are made of. A
/// kernel is written once, for any width.
/// </summary>
internal unsafe interface ILanes<TSelf>
    where TSelf : unmanaged, ILanes<TSelf>
{
    /// <summary>Whether this processor, and the code that was compiled for it, have vectors of this width.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>How many words there are.</summary>
    static abstract int Count { get; }

    static abstract TSelf Broadcast(uint value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    static abstract TSelf RotateLeft(TSelf value, [ConstantExpected] byte count);

    static abstract TSelf ShiftRight(TSelf value, [ConstantExpected] byte count);

    /// <summary>Turns round the order of the bytes in each word.</summary>
    static virtual TSelf ReverseBytes(TSelf value) =>
        TSelf.Select(TSelf.Broadcast(0x00ff00ff), TSelf.RotateLeft(value, 8), TSelf.RotateLeft(value, 24));

    /// <summary>The bits of <paramref name="left"/> where the mask is 1, else those of <paramref name="right"/>.</summary>
    static abstract TSelf Select(TSelf mask, TSelf left, TSelf right);

    /// <summary>The sum with what <see cref="Select"/> gives, as soon as may be when <paramref name="left"/> is the last to be known.</summary>
    static abstract TSelf AddSelect(TSelf sum, TSelf mask, TSelf left, TSelf right);

    /// <summary>x ^ y ^ z, as soon as may be when x is the last to be known.</summary>
    static abstract TSelf Xor(TSelf x, TSelf y, TSelf z);

    /// <summary>The bits that at least two of the three have.</summary>
    static abstract TSelf Majority(TSelf x, TSelf y, TSelf z);

    /// <summary>x ^ (y | ~z)</summary>
    static abstract TSelf XorOrNot(TSelf x, TSelf y, TSelf z);

    /// <summary>Reads 16 words from each row and writes 16 vectors: the first has the first word of every row, and so on.</summary>
    /// <param name="rows">As many rows as there are words in a vector, at any address.</param>
    /// <param name="offset">Where in the rows the 64 bytes are.</param>
    /// <param name="words">Receives 16 vectors.</param>
    static abstract void Transpose(byte** rows, long offset, TSelf* words);
}
