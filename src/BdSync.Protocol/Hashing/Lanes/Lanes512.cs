using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>16 words: AVX-512.</summary>
internal readonly unsafe struct Lanes512(Vector512<uint> value) : ILanes<Lanes512>
{
    private readonly Vector512<uint> value = value;

    public static bool IsSupported => Avx512F.IsSupported;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(uint value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator ^(Lanes512 left, Lanes512 right) => new(left.value ^ right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ShiftRight(Lanes512 value, [ConstantExpected] byte count) => new(value.value >>> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 RotateLeft(Lanes512 value, [ConstantExpected] byte count) => new(Avx512F.RotateLeft(value.value, count));

    // The control byte of a ternary operation is its truth table for x = 0xF0, y = 0xCC, z = 0xAA.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Select(Lanes512 mask, Lanes512 left, Lanes512 right) =>
        new(Avx512F.TernaryLogic(mask.value, left.value, right.value, 0xCA));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AddSelect(Lanes512 sum, Lanes512 mask, Lanes512 left, Lanes512 right) => sum + Select(mask, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Xor(Lanes512 x, Lanes512 y, Lanes512 z) => new(Avx512F.TernaryLogic(x.value, y.value, z.value, 0x96));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Majority(Lanes512 x, Lanes512 y, Lanes512 z) => new(Avx512F.TernaryLogic(x.value, y.value, z.value, 0xE8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 XorOrNot(Lanes512 x, Lanes512 y, Lanes512 z) => new(Avx512F.TernaryLogic(x.value, y.value, z.value, 0x2D));

    public static void Transpose(byte** rows, long offset, Lanes512* words)
    {
        // In each 128-bit part L of quads[4j + w]: word 4L + w of rows 4j to 4j + 3.
        var quads = stackalloc Vector512<uint>[16];
        for (var j = 0; j < 16; j += 4)
        {
            var row0 = Vector512.Load((uint*)(rows[j] + offset));
            var row1 = Vector512.Load((uint*)(rows[j + 1] + offset));
            var row2 = Vector512.Load((uint*)(rows[j + 2] + offset));
            var row3 = Vector512.Load((uint*)(rows[j + 3] + offset));
            var low01 = Avx512F.UnpackLow(row0, row1).AsUInt64();
            var high01 = Avx512F.UnpackHigh(row0, row1).AsUInt64();
            var low23 = Avx512F.UnpackLow(row2, row3).AsUInt64();
            var high23 = Avx512F.UnpackHigh(row2, row3).AsUInt64();
            quads[j] = Avx512F.UnpackLow(low01, low23).AsUInt32();
            quads[j + 1] = Avx512F.UnpackHigh(low01, low23).AsUInt32();
            quads[j + 2] = Avx512F.UnpackLow(high01, high23).AsUInt32();
            quads[j + 3] = Avx512F.UnpackHigh(high01, high23).AsUInt32();
        }

        for (var w = 0; w < 4; w++)
        {
            var even01 = Avx512F.Shuffle4x128(quads[w], quads[4 + w], 0x88);
            var odd01 = Avx512F.Shuffle4x128(quads[w], quads[4 + w], 0xDD);
            var even23 = Avx512F.Shuffle4x128(quads[8 + w], quads[12 + w], 0x88);
            var odd23 = Avx512F.Shuffle4x128(quads[8 + w], quads[12 + w], 0xDD);
            words[w] = new(Avx512F.Shuffle4x128(even01, even23, 0x88));
            words[4 + w] = new(Avx512F.Shuffle4x128(odd01, odd23, 0x88));
            words[8 + w] = new(Avx512F.Shuffle4x128(even01, even23, 0xDD));
            words[12 + w] = new(Avx512F.Shuffle4x128(odd01, odd23, 0xDD));
        }
    }
}
