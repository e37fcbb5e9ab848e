using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>4 words: SSE2, and AdvSimd on ARM.</summary>
internal readonly unsafe struct Lanes128(Vector128<uint> value) : ILanes<Lanes128>
{
    private readonly Vector128<uint> value = value;

    public static bool IsSupported => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(uint value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator ^(Lanes128 left, Lanes128 right) => new(left.value ^ right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftRight(Lanes128 value, [ConstantExpected] byte count) => new(value.value >>> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 RotateLeft(Lanes128 value, [ConstantExpected] byte count) =>
        new((value.value << count) | (value.value >>> (32 - count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Select(Lanes128 mask, Lanes128 left, Lanes128 right) =>
        new(right.value ^ (mask.value & (left.value ^ right.value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AddSelect(Lanes128 sum, Lanes128 mask, Lanes128 left, Lanes128 right) =>
        new((sum.value + Vector128.AndNot(right.value, mask.value)) + (mask.value & left.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Xor(Lanes128 x, Lanes128 y, Lanes128 z) => new(x.value ^ y.value ^ z.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Majority(Lanes128 x, Lanes128 y, Lanes128 z) => Select(x ^ y, z, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 XorOrNot(Lanes128 x, Lanes128 y, Lanes128 z) => new(x.value ^ (y.value | ~z.value));

    public static void Transpose(byte** rows, long offset, Lanes128* words)
    {
        for (var part = 0; part < 16; part += 4)
        {
            var row0 = Vector128.Load((uint*)(rows[0] + offset) + part);
            var row1 = Vector128.Load((uint*)(rows[1] + offset) + part);
            var row2 = Vector128.Load((uint*)(rows[2] + offset) + part);
            var row3 = Vector128.Load((uint*)(rows[3] + offset) + part);
            var low01 = ZipLow(row0, row1).AsUInt64();
            var high01 = ZipHigh(row0, row1).AsUInt64();
            var low23 = ZipLow(row2, row3).AsUInt64();
            var high23 = ZipHigh(row2, row3).AsUInt64();
            words[part] = new(ZipLow(low01, low23).AsUInt32());
            words[part + 1] = new(ZipHigh(low01, low23).AsUInt32());
            words[part + 2] = new(ZipLow(high01, high23).AsUInt32());
            words[part + 3] = new(ZipHigh(high01, high23).AsUInt32());
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> ZipLow(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> ZipHigh(Vector128<uint> left, Vector128<uint> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> ZipLow(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.UnpackLow(left, right) : AdvSimd.Arm64.ZipLow(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> ZipHigh(Vector128<ulong> left, Vector128<ulong> right) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(left, right) : AdvSimd.Arm64.ZipHigh(left, right);
}
