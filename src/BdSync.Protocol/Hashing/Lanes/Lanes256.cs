using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>8 words: AVX2.</summary>
internal readonly unsafe struct Lanes256(Vector256<uint> value) : ILanes<Lanes256>
{
    private readonly Vector256<uint> value = value;

    public static bool IsSupported => Avx2.IsSupported;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(uint value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator ^(Lanes256 left, Lanes256 right) => new(left.value ^ right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftRight(Lanes256 value, [ConstantExpected] byte count) => new(value.value >>> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 RotateLeft(Lanes256 value, [ConstantExpected] byte count) =>
        new((value.value << count) | (value.value >>> (32 - count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ReverseBytes(Lanes256 value) => new(Avx2.Shuffle(
        value.value.AsByte(),
        Vector256.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)).AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Select(Lanes256 mask, Lanes256 left, Lanes256 right) =>
        new(right.value ^ (mask.value & (left.value ^ right.value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AddSelect(Lanes256 sum, Lanes256 mask, Lanes256 left, Lanes256 right) =>
        new((sum.value + Vector256.AndNot(right.value, mask.value)) + (mask.value & left.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Xor(Lanes256 x, Lanes256 y, Lanes256 z) => new(x.value ^ (y.value ^ z.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Majority(Lanes256 x, Lanes256 y, Lanes256 z) => Select(x ^ y, z, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 XorOrNot(Lanes256 x, Lanes256 y, Lanes256 z) => new(x.value ^ (y.value | ~z.value));

    public static void Transpose(byte** rows, long offset, Lanes256* words)
    {
        for (var half = 0; half < 16; half += 8)
        {
            var (low0, low1, low2, low3) = Transpose4(rows, offset + (half * sizeof(uint)));
            var (high0, high1, high2, high3) = Transpose4(rows + 4, offset + (half * sizeof(uint)));
            words[half] = new(Avx2.Permute2x128(low0, high0, 0x20));
            words[half + 1] = new(Avx2.Permute2x128(low1, high1, 0x20));
            words[half + 2] = new(Avx2.Permute2x128(low2, high2, 0x20));
            words[half + 3] = new(Avx2.Permute2x128(low3, high3, 0x20));
            words[half + 4] = new(Avx2.Permute2x128(low0, high0, 0x31));
            words[half + 5] = new(Avx2.Permute2x128(low1, high1, 0x31));
            words[half + 6] = new(Avx2.Permute2x128(low2, high2, 0x31));
            words[half + 7] = new(Avx2.Permute2x128(low3, high3, 0x31));
        }
    }

    // Four rows: each vector has a word of every row in its lower half, and the one four further in its upper half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> First, Vector256<uint> Second, Vector256<uint> Third, Vector256<uint> Fourth) Transpose4(byte** rows, long offset)
    {
        var row0 = Vector256.Load((uint*)(rows[0] + offset));
        var row1 = Vector256.Load((uint*)(rows[1] + offset));
        var row2 = Vector256.Load((uint*)(rows[2] + offset));
        var row3 = Vector256.Load((uint*)(rows[3] + offset));
        var low01 = Avx2.UnpackLow(row0, row1).AsUInt64();
        var high01 = Avx2.UnpackHigh(row0, row1).AsUInt64();
        var low23 = Avx2.UnpackLow(row2, row3).AsUInt64();
        var high23 = Avx2.UnpackHigh(row2, row3).AsUInt64();
        return (
            Avx2.UnpackLow(low01, low23).AsUInt32(),
            Avx2.UnpackHigh(low01, low23).AsUInt32(),
            Avx2.UnpackLow(high01, high23).AsUInt32(),
            Avx2.UnpackHigh(high01, high23).AsUInt32());
    }
}
