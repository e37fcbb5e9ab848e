using System.Runtime.CompilerServices;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>sha256 (FIPS 180-4, 6.2.2). A step leaves enough to do at the same time: one group.</summary>
internal readonly unsafe struct Sha256Kernel : ILaneKernel
{
    private const int WordCount = 16;
    private const int StepCount = 64;

    public static int Groups => 1;

    public static int StateCount => 8;

    public static bool IsBigEndian => true;

    /// <summary>FIPS 180-4, 4.2.2.</summary>
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    public static void Initialize<TLanes>(TLanes* state)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        state[0] = TLanes.Broadcast(0x6a09e667);
        state[1] = TLanes.Broadcast(0xbb67ae85);
        state[2] = TLanes.Broadcast(0x3c6ef372);
        state[3] = TLanes.Broadcast(0xa54ff53a);
        state[4] = TLanes.Broadcast(0x510e527f);
        state[5] = TLanes.Broadcast(0x9b05688c);
        state[6] = TLanes.Broadcast(0x1f83d9ab);
        state[7] = TLanes.Broadcast(0x5be0cd19);
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

        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        var (e, f, g, h) = (state[4], state[5], state[6], state[7]);
        fixed (uint* constants = Constants)
        {
            for (var step = 0; step < StepCount; step += 8)
            {
                if (step < StepCount - WordCount)
                {
                    Extend(schedule + step, 8);
                }

                h = First(e, f, g, h, schedule[step] + TLanes.Broadcast(constants[step]));
                (d, h) = (d + h, h + Second(a, b, c));
                g = First(d, e, f, g, schedule[step + 1] + TLanes.Broadcast(constants[step + 1]));
                (c, g) = (c + g, g + Second(h, a, b));
                f = First(c, d, e, f, schedule[step + 2] + TLanes.Broadcast(constants[step + 2]));
                (b, f) = (b + f, f + Second(g, h, a));
                e = First(b, c, d, e, schedule[step + 3] + TLanes.Broadcast(constants[step + 3]));
                (a, e) = (a + e, e + Second(f, g, h));
                d = First(a, b, c, d, schedule[step + 4] + TLanes.Broadcast(constants[step + 4]));
                (h, d) = (h + d, d + Second(e, f, g));
                c = First(h, a, b, c, schedule[step + 5] + TLanes.Broadcast(constants[step + 5]));
                (g, c) = (g + c, c + Second(d, e, f));
                b = First(g, h, a, b, schedule[step + 6] + TLanes.Broadcast(constants[step + 6]));
                (f, b) = (f + b, b + Second(c, d, e));
                a = First(f, g, h, a, schedule[step + 7] + TLanes.Broadcast(constants[step + 7]));
                (e, a) = (e + a, a + Second(b, c, d));
            }
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    // Computes the words of the steps that come 16 later: close to the steps that they can be computed beside.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend<TLanes>(TLanes* words, int count)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var end = words + count; words < end; words++)
        {
            var near = words[14];
            var far = words[1];
            words[WordCount] = words[0] + words[9]
                + TLanes.Xor(TLanes.RotateLeft(far, 25), TLanes.RotateLeft(far, 14), TLanes.ShiftRight(far, 3))
                + TLanes.Xor(TLanes.RotateLeft(near, 15), TLanes.RotateLeft(near, 13), TLanes.ShiftRight(near, 10));
        }
    }

    // T1 and T2 of the standard.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes First<TLanes>(TLanes e, TLanes f, TLanes g, TLanes h, TLanes word)
        where TLanes : unmanaged, ILanes<TLanes> =>
        h + word + TLanes.Select(e, f, g) + TLanes.Xor(TLanes.RotateLeft(e, 26), TLanes.RotateLeft(e, 21), TLanes.RotateLeft(e, 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Second<TLanes>(TLanes a, TLanes b, TLanes c)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Majority(a, b, c) + TLanes.Xor(TLanes.RotateLeft(a, 30), TLanes.RotateLeft(a, 19), TLanes.RotateLeft(a, 10));
}
