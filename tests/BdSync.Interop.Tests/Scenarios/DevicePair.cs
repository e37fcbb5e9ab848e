using System.Collections.Concurrent;

namespace BdSync.Interop.Tests.Scenarios;

/// <summary>The data of two devices: <paramref name="Source"/> is what the target is to become.</summary>
internal sealed record DevicePair(byte[] Source, byte[] Target)
{
    private static readonly ConcurrentDictionary<string, DevicePair> Made = new();

    /// <summary>Makes a pair, the same one for the same name each time.</summary>
    public static DevicePair Get(string name) => Made.GetOrAdd(name, Create);

    private static DevicePair Create(string name) => name switch
    {
        "equal" => new(Noise(300_000), Noise(300_000)),
        "different" => new(Noise(300_001, seed: 2), Noise(300_001)),
        "odd" => Change(Noise(1_234_567), 0, 4095, 4096, 99_999, 131_071, 131_072, 500_000, 500_001, 900_000, 1_234_566),
        "byte" => new([1], [2]),
        "equal byte" => new([7], [7]),
        "empty" => new([], []),
        "block" => Change(Noise(4096), 17),
        "block and a byte" => Change(Noise(4097), 4096),
        "sparse" => Sparse(),
        "large" => Large(),
        "coarse" => Change(Noise(5_000_777), 10, 262_143, 262_144, 1_000_000, 2_621_439, 4_999_999, 5_000_776),
        "shorter" => Cut(Noise(700_001), 300_003, 700_001),
        "longer" => Cut(Noise(700_001), 700_001, 300_003),
        "slightly shorter" => Cut(Noise(102_400), 100_000, 100_400),
        "slightly longer" => Cut(Noise(102_400), 100_400, 100_000),
        "to nothing" => new([], Noise(50_001)),
        "from nothing" => new(Noise(50_001), []),
        "zeros at the end" => new([.. Noise(100_001), .. new byte[150_000]], Noise(100_001)),
        _ => throw new ArgumentException($"There is no pair of devices '{name}'.", nameof(name)),
    };

    private static byte[] Noise(int length, int seed = 1)
    {
        var data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }

    private static DevicePair Change(byte[] target, params int[] offsets)
    {
        var source = target.ToArray();
        foreach (var offset in offsets)
        {
            source[offset] ^= 0x55;
        }

        return new(source, target);
    }

    // Cut to two sizes, with a difference in what both have.
    private static DevicePair Cut(byte[] data, int sourceLength, int targetLength)
    {
        var (source, target) = Change(data, 5, 77_777);
        return new(source[..sourceLength], target[..targetLength]);
    }

    // Zeros with islands of data, in both, in the source only, in the target only.
    private static DevicePair Sparse()
    {
        var (source, target) = (new byte[4_194_304], new byte[4_194_304]);
        var island = Noise(70_000);
        island.CopyTo(source, 100_000);
        island.CopyTo(target, 100_000);
        island.CopyTo(source, 1_500_000);
        island.CopyTo(target, 3_000_000);
        source[^1] = 1;
        return new(source, target);
    }

    private static DevicePair Large()
    {
        var pair = Change(Noise(40_000_123), [.. Enumerable.Range(0, 60).Select(index => index * 666_661)]);
        Noise(3_000_000, seed: 3).CopyTo(pair.Source, 21_000_500);
        return pair;
    }
}
