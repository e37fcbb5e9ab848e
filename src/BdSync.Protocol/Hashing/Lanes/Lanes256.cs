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
    public static Lanes256 RotateLeft(Lanes256 value, [ConstantExpected] byte count) =>
        new((value.value << count) | (value.value >>> (32 - count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Select(Lanes256 mask, Lanes256 left, Lanes256 right) =>
        new(right.value ^ (mask.value & (left.value ^ right.value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Xor(Lanes256 x, Lanes256 y, Lanes256 z) => new(x.value ^ y.value ^ z.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 XorOrNot(Lanes256 x, Lanes256 y, Lanes256 z) => new(x.value ^ (y.value | ~z.value));

    public static void Transpose(byte** rows, Lanes256* words)
    {
        var quads = stackalloc Vector256<uint>[8];
        for (var half = 0; half < 2; half++)
        {
            // In each 128-bit part L of quads[4j + w]: word 4L + w of rows 4j to 4j + 3, of this half.
            for (var j = 0; j < 8; j += 4)
            {
                var row0 = Vector256.Load((uint*)rows[j] + (8 * half));
                var row1 = Vector256.Load((uint*)rows[j + 1] + (8 * half));
                var row2 = Vector256.Load((uint*)rows[j + 2] + (8 * half));
                var row3 = Vector256.Load((uint*)rows[j + 3] + (8 * half));
                var low01 = Avx2.UnpackLow(row0, row1).AsUInt64();
                var high01 = Avx2.UnpackHigh(row0, row1).AsUInt64();
                var low23 = Avx2.UnpackLow(row2, row3).AsUInt64();
                var high23 = Avx2.UnpackHigh(row2, row3).AsUInt64();
                quads[j] = Avx2.UnpackLow(low01, low23).AsUInt32();
                quads[j + 1] = Avx2.UnpackHigh(low01, low23).AsUInt32();
                quads[j + 2] = Avx2.UnpackLow(high01, high23).AsUInt32();
                quads[j + 3] = Avx2.UnpackHigh(high01, high23).AsUInt32();
            }

            for (var w = 0; w < 4; w++)
            {
                words[(8 * half) + w] = new(Avx2.Permute2x128(quads[w], quads[4 + w], 0x20));
                words[(8 * half) + 4 + w] = new(Avx2.Permute2x128(quads[w], quads[4 + w], 0x31));
            }
        }
    }
}
