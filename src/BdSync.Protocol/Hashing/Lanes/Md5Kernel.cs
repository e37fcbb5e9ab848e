using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BdSync.Protocol.Hashing.Lanes;

/// <summary>md5 (RFC 1321), two groups side by side: each step waits for the one before it.</summary>
internal readonly unsafe struct Md5Kernel : ILaneKernel
{
    public static int Groups => 2;

    public static int StateCount => 4;

    public static bool IsBigEndian => false;

    public static void Initialize<TLanes>(TLanes* state)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var group = 0; group < Groups; group++, state += StateCount)
        {
            state[0] = TLanes.Broadcast(0x67452301);
            state[1] = TLanes.Broadcast(0xefcdab89);
            state[2] = TLanes.Broadcast(0x98badcfe);
            state[3] = TLanes.Broadcast(0x10325476);
        }
    }

    public static void Compress<TLanes>(TLanes* state, TLanes* words, int stride)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var others = words + stride;
        var next = stackalloc TLanes[Groups * StateCount];
        for (var index = 0; index < Groups * StateCount; index++)
        {
            next[index] = state[index];
        }

        Round1(next, next + StateCount, words, others);
        Round2(next, next + StateCount, words, others);
        Round3(next, next + StateCount, words, others);
        Round4(next, next + StateCount, words, others);
        for (var index = 0; index < Groups * StateCount; index++)
        {
            state[index] += next[index];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes F<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d, TLanes word, uint constant, [ConstantExpected] byte shift)
        where TLanes : unmanaged, ILanes<TLanes> =>
        b + TLanes.RotateLeft(a + (word + TLanes.Broadcast(constant)) + TLanes.Select(b, c, d), shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes G<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d, TLanes word, uint constant, [ConstantExpected] byte shift)
        where TLanes : unmanaged, ILanes<TLanes> =>
        b + TLanes.RotateLeft(TLanes.AddSelect(a + (word + TLanes.Broadcast(constant)), d, b, c), shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes H<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d, TLanes word, uint constant, [ConstantExpected] byte shift)
        where TLanes : unmanaged, ILanes<TLanes> =>
        b + TLanes.RotateLeft(a + (word + TLanes.Broadcast(constant)) + TLanes.Xor(b, c, d), shift);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes I<TLanes>(TLanes a, TLanes b, TLanes c, TLanes d, TLanes word, uint constant, [ConstantExpected] byte shift)
        where TLanes : unmanaged, ILanes<TLanes> =>
        b + TLanes.RotateLeft(a + (word + TLanes.Broadcast(constant)) + TLanes.XorOrNot(c, b, d), shift);

    private static void Round1<TLanes>(TLanes* first, TLanes* second, TLanes* words, TLanes* others)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (a, b, c, d) = (first[0], first[1], first[2], first[3]);
        var (e, f, g, h) = (second[0], second[1], second[2], second[3]);
        a = F(a, b, c, d, words[0], 0xd76aa478, 7);
        e = F(e, f, g, h, others[0], 0xd76aa478, 7);
        d = F(d, a, b, c, words[1], 0xe8c7b756, 12);
        h = F(h, e, f, g, others[1], 0xe8c7b756, 12);
        c = F(c, d, a, b, words[2], 0x242070db, 17);
        g = F(g, h, e, f, others[2], 0x242070db, 17);
        b = F(b, c, d, a, words[3], 0xc1bdceee, 22);
        f = F(f, g, h, e, others[3], 0xc1bdceee, 22);
        a = F(a, b, c, d, words[4], 0xf57c0faf, 7);
        e = F(e, f, g, h, others[4], 0xf57c0faf, 7);
        d = F(d, a, b, c, words[5], 0x4787c62a, 12);
        h = F(h, e, f, g, others[5], 0x4787c62a, 12);
        c = F(c, d, a, b, words[6], 0xa8304613, 17);
        g = F(g, h, e, f, others[6], 0xa8304613, 17);
        b = F(b, c, d, a, words[7], 0xfd469501, 22);
        f = F(f, g, h, e, others[7], 0xfd469501, 22);
        a = F(a, b, c, d, words[8], 0x698098d8, 7);
        e = F(e, f, g, h, others[8], 0x698098d8, 7);
        d = F(d, a, b, c, words[9], 0x8b44f7af, 12);
        h = F(h, e, f, g, others[9], 0x8b44f7af, 12);
        c = F(c, d, a, b, words[10], 0xffff5bb1, 17);
        g = F(g, h, e, f, others[10], 0xffff5bb1, 17);
        b = F(b, c, d, a, words[11], 0x895cd7be, 22);
        f = F(f, g, h, e, others[11], 0x895cd7be, 22);
        a = F(a, b, c, d, words[12], 0x6b901122, 7);
        e = F(e, f, g, h, others[12], 0x6b901122, 7);
        d = F(d, a, b, c, words[13], 0xfd987193, 12);
        h = F(h, e, f, g, others[13], 0xfd987193, 12);
        c = F(c, d, a, b, words[14], 0xa679438e, 17);
        g = F(g, h, e, f, others[14], 0xa679438e, 17);
        b = F(b, c, d, a, words[15], 0x49b40821, 22);
        f = F(f, g, h, e, others[15], 0x49b40821, 22);
        (first[0], first[1], first[2], first[3]) = (a, b, c, d);
        (second[0], second[1], second[2], second[3]) = (e, f, g, h);
    }

    private static void Round2<TLanes>(TLanes* first, TLanes* second, TLanes* words, TLanes* others)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (a, b, c, d) = (first[0], first[1], first[2], first[3]);
        var (e, f, g, h) = (second[0], second[1], second[2], second[3]);
        a = G(a, b, c, d, words[1], 0xf61e2562, 5);
        e = G(e, f, g, h, others[1], 0xf61e2562, 5);
        d = G(d, a, b, c, words[6], 0xc040b340, 9);
        h = G(h, e, f, g, others[6], 0xc040b340, 9);
        c = G(c, d, a, b, words[11], 0x265e5a51, 14);
        g = G(g, h, e, f, others[11], 0x265e5a51, 14);
        b = G(b, c, d, a, words[0], 0xe9b6c7aa, 20);
        f = G(f, g, h, e, others[0], 0xe9b6c7aa, 20);
        a = G(a, b, c, d, words[5], 0xd62f105d, 5);
        e = G(e, f, g, h, others[5], 0xd62f105d, 5);
        d = G(d, a, b, c, words[10], 0x02441453, 9);
        h = G(h, e, f, g, others[10], 0x02441453, 9);
        c = G(c, d, a, b, words[15], 0xd8a1e681, 14);
        g = G(g, h, e, f, others[15], 0xd8a1e681, 14);
        b = G(b, c, d, a, words[4], 0xe7d3fbc8, 20);
        f = G(f, g, h, e, others[4], 0xe7d3fbc8, 20);
        a = G(a, b, c, d, words[9], 0x21e1cde6, 5);
        e = G(e, f, g, h, others[9], 0x21e1cde6, 5);
        d = G(d, a, b, c, words[14], 0xc33707d6, 9);
        h = G(h, e, f, g, others[14], 0xc33707d6, 9);
        c = G(c, d, a, b, words[3], 0xf4d50d87, 14);
        g = G(g, h, e, f, others[3], 0xf4d50d87, 14);
        b = G(b, c, d, a, words[8], 0x455a14ed, 20);
        f = G(f, g, h, e, others[8], 0x455a14ed, 20);
        a = G(a, b, c, d, words[13], 0xa9e3e905, 5);
        e = G(e, f, g, h, others[13], 0xa9e3e905, 5);
        d = G(d, a, b, c, words[2], 0xfcefa3f8, 9);
        h = G(h, e, f, g, others[2], 0xfcefa3f8, 9);
        c = G(c, d, a, b, words[7], 0x676f02d9, 14);
        g = G(g, h, e, f, others[7], 0x676f02d9, 14);
        b = G(b, c, d, a, words[12], 0x8d2a4c8a, 20);
        f = G(f, g, h, e, others[12], 0x8d2a4c8a, 20);
        (first[0], first[1], first[2], first[3]) = (a, b, c, d);
        (second[0], second[1], second[2], second[3]) = (e, f, g, h);
    }

    private static void Round3<TLanes>(TLanes* first, TLanes* second, TLanes* words, TLanes* others)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (a, b, c, d) = (first[0], first[1], first[2], first[3]);
        var (e, f, g, h) = (second[0], second[1], second[2], second[3]);
        a = H(a, b, c, d, words[5], 0xfffa3942, 4);
        e = H(e, f, g, h, others[5], 0xfffa3942, 4);
        d = H(d, a, b, c, words[8], 0x8771f681, 11);
        h = H(h, e, f, g, others[8], 0x8771f681, 11);
        c = H(c, d, a, b, words[11], 0x6d9d6122, 16);
        g = H(g, h, e, f, others[11], 0x6d9d6122, 16);
        b = H(b, c, d, a, words[14], 0xfde5380c, 23);
        f = H(f, g, h, e, others[14], 0xfde5380c, 23);
        a = H(a, b, c, d, words[1], 0xa4beea44, 4);
        e = H(e, f, g, h, others[1], 0xa4beea44, 4);
        d = H(d, a, b, c, words[4], 0x4bdecfa9, 11);
        h = H(h, e, f, g, others[4], 0x4bdecfa9, 11);
        c = H(c, d, a, b, words[7], 0xf6bb4b60, 16);
        g = H(g, h, e, f, others[7], 0xf6bb4b60, 16);
        b = H(b, c, d, a, words[10], 0xbebfbc70, 23);
        f = H(f, g, h, e, others[10], 0xbebfbc70, 23);
        a = H(a, b, c, d, words[13], 0x289b7ec6, 4);
        e = H(e, f, g, h, others[13], 0x289b7ec6, 4);
        d = H(d, a, b, c, words[0], 0xeaa127fa, 11);
        h = H(h, e, f, g, others[0], 0xeaa127fa, 11);
        c = H(c, d, a, b, words[3], 0xd4ef3085, 16);
        g = H(g, h, e, f, others[3], 0xd4ef3085, 16);
        b = H(b, c, d, a, words[6], 0x04881d05, 23);
        f = H(f, g, h, e, others[6], 0x04881d05, 23);
        a = H(a, b, c, d, words[9], 0xd9d4d039, 4);
        e = H(e, f, g, h, others[9], 0xd9d4d039, 4);
        d = H(d, a, b, c, words[12], 0xe6db99e5, 11);
        h = H(h, e, f, g, others[12], 0xe6db99e5, 11);
        c = H(c, d, a, b, words[15], 0x1fa27cf8, 16);
        g = H(g, h, e, f, others[15], 0x1fa27cf8, 16);
        b = H(b, c, d, a, words[2], 0xc4ac5665, 23);
        f = H(f, g, h, e, others[2], 0xc4ac5665, 23);
        (first[0], first[1], first[2], first[3]) = (a, b, c, d);
        (second[0], second[1], second[2], second[3]) = (e, f, g, h);
    }

    private static void Round4<TLanes>(TLanes* first, TLanes* second, TLanes* words, TLanes* others)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var (a, b, c, d) = (first[0], first[1], first[2], first[3]);
        var (e, f, g, h) = (second[0], second[1], second[2], second[3]);
        a = I(a, b, c, d, words[0], 0xf4292244, 6);
        e = I(e, f, g, h, others[0], 0xf4292244, 6);
        d = I(d, a, b, c, words[7], 0x432aff97, 10);
        h = I(h, e, f, g, others[7], 0x432aff97, 10);
        c = I(c, d, a, b, words[14], 0xab9423a7, 15);
        g = I(g, h, e, f, others[14], 0xab9423a7, 15);
        b = I(b, c, d, a, words[5], 0xfc93a039, 21);
        f = I(f, g, h, e, others[5], 0xfc93a039, 21);
        a = I(a, b, c, d, words[12], 0x655b59c3, 6);
        e = I(e, f, g, h, others[12], 0x655b59c3, 6);
        d = I(d, a, b, c, words[3], 0x8f0ccc92, 10);
        h = I(h, e, f, g, others[3], 0x8f0ccc92, 10);
        c = I(c, d, a, b, words[10], 0xffeff47d, 15);
        g = I(g, h, e, f, others[10], 0xffeff47d, 15);
        b = I(b, c, d, a, words[1], 0x85845dd1, 21);
        f = I(f, g, h, e, others[1], 0x85845dd1, 21);
        a = I(a, b, c, d, words[8], 0x6fa87e4f, 6);
        e = I(e, f, g, h, others[8], 0x6fa87e4f, 6);
        d = I(d, a, b, c, words[15], 0xfe2ce6e0, 10);
        h = I(h, e, f, g, others[15], 0xfe2ce6e0, 10);
        c = I(c, d, a, b, words[6], 0xa3014314, 15);
        g = I(g, h, e, f, others[6], 0xa3014314, 15);
        b = I(b, c, d, a, words[13], 0x4e0811a1, 21);
        f = I(f, g, h, e, others[13], 0x4e0811a1, 21);
        a = I(a, b, c, d, words[4], 0xf7537e82, 6);
        e = I(e, f, g, h, others[4], 0xf7537e82, 6);
        d = I(d, a, b, c, words[11], 0xbd3af235, 10);
        h = I(h, e, f, g, others[11], 0xbd3af235, 10);
        c = I(c, d, a, b, words[2], 0x2ad7d2bb, 15);
        g = I(g, h, e, f, others[2], 0x2ad7d2bb, 15);
        b = I(b, c, d, a, words[9], 0xeb86d391, 21);
        f = I(f, g, h, e, others[9], 0xeb86d391, 21);
        (first[0], first[1], first[2], first[3]) = (a, b, c, d);
        (second[0], second[1], second[2], second[3]) = (e, f, g, h);
    }
}
