using System.Runtime.CompilerServices;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>sha1 (FIPS 180-4, 6.1.2). A step leaves enough to do at the same time: one group.</summary>
internal readonly unsafe struct Sha1Kernel : ILaneKernel
{
    private const int WordCount = 16;
    private const int StepCount = 80;

    public static int Groups => 1;

    public static int StateCount => 5;

    public static bool IsBigEndian => true;

    public static void Initialize<TLanes>(TLanes* state)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        state[0] = TLanes.Broadcast(0x67452301);
        state[1] = TLanes.Broadcast(0xefcdab89);
        state[2] = TLanes.Broadcast(0x98badcfe);
        state[3] = TLanes.Broadcast(0x10325476);
        state[4] = TLanes.Broadcast(0xc3d2e1f0);
    }

    [SkipLocalsInit]
    public static void Compress<TLanes>(TLanes* state, TLanes* words, int stride)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var schedule = stackalloc TLanes[StepCount];
        for (var index = 0; index < WordCount; index++)
        {
            schedule[index] = TLanes.ReverseBytes(words[index]);
        }

        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4]);
        var constant = TLanes.Broadcast(0x5a827999);
        var step = schedule;
        for (; step < schedule + 20; step += 5)
        {
            Extend(step, 5);
            (e, b) = (Add(e, a, TLanes.Select(b, c, d), step[0] + constant), Rotate(b));
            (d, a) = (Add(d, e, TLanes.Select(a, b, c), step[1] + constant), Rotate(a));
            (c, e) = (Add(c, d, TLanes.Select(e, a, b), step[2] + constant), Rotate(e));
            (b, d) = (Add(b, c, TLanes.Select(d, e, a), step[3] + constant), Rotate(d));
            (a, c) = (Add(a, b, TLanes.Select(c, d, e), step[4] + constant), Rotate(c));
        }

        constant = TLanes.Broadcast(0x6ed9eba1);
        for (; step < schedule + 40; step += 5)
        {
            Extend(step, 5);
            (e, b) = (Add(e, a, TLanes.Xor(b, c, d), step[0] + constant), Rotate(b));
            (d, a) = (Add(d, e, TLanes.Xor(a, b, c), step[1] + constant), Rotate(a));
            (c, e) = (Add(c, d, TLanes.Xor(e, a, b), step[2] + constant), Rotate(e));
            (b, d) = (Add(b, c, TLanes.Xor(d, e, a), step[3] + constant), Rotate(d));
            (a, c) = (Add(a, b, TLanes.Xor(c, d, e), step[4] + constant), Rotate(c));
        }

        constant = TLanes.Broadcast(0x8f1bbcdc);
        for (; step < schedule + 60; step += 5)
        {
            Extend(step, 5);
            (e, b) = (Add(e, a, TLanes.Majority(b, c, d), step[0] + constant), Rotate(b));
            (d, a) = (Add(d, e, TLanes.Majority(a, b, c), step[1] + constant), Rotate(a));
            (c, e) = (Add(c, d, TLanes.Majority(e, a, b), step[2] + constant), Rotate(e));
            (b, d) = (Add(b, c, TLanes.Majority(d, e, a), step[3] + constant), Rotate(d));
            (a, c) = (Add(a, b, TLanes.Majority(c, d, e), step[4] + constant), Rotate(c));
        }

        Extend(step, StepCount - WordCount - 60);
        constant = TLanes.Broadcast(0xca62c1d6);
        for (; step < schedule + 80; step += 5)
        {
            (e, b) = (Add(e, a, TLanes.Xor(b, c, d), step[0] + constant), Rotate(b));
            (d, a) = (Add(d, e, TLanes.Xor(a, b, c), step[1] + constant), Rotate(a));
            (c, e) = (Add(c, d, TLanes.Xor(e, a, b), step[2] + constant), Rotate(e));
            (b, d) = (Add(b, c, TLanes.Xor(d, e, a), step[3] + constant), Rotate(d));
            (a, c) = (Add(a, b, TLanes.Xor(c, d, e), step[4] + constant), Rotate(c));
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }

    // Computes the words of the steps that come 16 later: close to the steps that they can be computed beside.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend<TLanes>(TLanes* words, int count)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var end = words + count; words < end; words++)
        {
            words[WordCount] = TLanes.RotateLeft(TLanes.Xor(words[13], words[8], words[2]) ^ words[0], 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Add<TLanes>(TLanes sum, TLanes rotated, TLanes mixed, TLanes word)
        where TLanes : unmanaged, ILanes<TLanes> =>
        sum + word + mixed + TLanes.RotateLeft(rotated, 5);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Rotate<TLanes>(TLanes value)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.RotateLeft(value, 30);
}
