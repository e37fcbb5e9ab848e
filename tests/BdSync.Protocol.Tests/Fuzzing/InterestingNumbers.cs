using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Protocol.Tests.Fuzzing;

/// <summary>Numbers at which something ends, without those that ask for gigabytes of honest work.</summary>
internal static class InterestingNumbers
{
    public static Gen<long> Any { get; } = Gen.OneOf(
        Gen.Elements(0L, 1, 2, 3, 15, 16, 17, 99, 100, 101, 127, 128, 512, 2047, 2048, 4096, 8190, 8191, 16384, 16385, 32767, 32768, 65535),
        Gen.Elements(100_000L, 131_063, 131_064, 131_072, 300_001, 1_048_576),
        Gen.Elements(-1L, -2, -4096, long.MinValue, long.MinValue + 1, int.MinValue),
        Gen.Elements(1L << 31, (1L << 32) + 1, 1L << 62, long.MaxValue - 1, long.MaxValue),
        Gen.Choose(0, 300).Select(value => (long)value));

    /// <summary>Bytes, short ones mostly.</summary>
    public static Gen<byte[]> Bytes { get; } =
        from length in Gen.Frequency((6, Gen.Choose(0, 40)), (2, Gen.Choose(0, 1000)), (1, Gen.Elements(65535, 131071, 131072)))
        from seed in Gen.Choose(0, int.MaxValue)
        select Create(length, seed);

    private static byte[] Create(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
