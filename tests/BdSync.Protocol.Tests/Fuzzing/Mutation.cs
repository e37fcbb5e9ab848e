using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Protocol.Tests.Fuzzing;

/// <summary>Bytes that were good once.</summary>
internal static class Mutation
{
    /// <summary>Some bytes changed, left out, said twice or put in.</summary>
    public static Gen<byte[]> Of(Gen<byte[]> good) =>
        from bytes in good
        from seed in Gen.Choose(0, int.MaxValue)
        from count in Gen.Frequency((5, Gen.Constant(1)), (2, Gen.Choose(2, 5)))
        select Mutate(bytes, seed, count);

    private static byte[] Mutate(byte[] bytes, int seed, int count)
    {
        var random = new Random(seed);
        for (var index = 0; index < count && bytes.Length > 0; index++)
        {
            var start = random.Next(bytes.Length);
            var end = Math.Min(bytes.Length, start + 1 + random.Next(16));
            bytes = random.Next(7) switch
            {
                0 => [.. bytes[..start], .. bytes[end..]],
                1 => [.. bytes[..end], .. bytes[start..]],
                2 => bytes[..start],
                3 => [.. bytes[..start], .. Noise(random), .. bytes[start..]],
                _ => [.. bytes[..start], random.Next(3) == 0 ? (byte)255 : (byte)(bytes[start] ^ (1 << random.Next(8))), .. bytes[(start + 1)..]],
            };
        }

        return bytes;
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[1 + random.Next(20)];
        random.NextBytes(noise);
        return noise;
    }
}
