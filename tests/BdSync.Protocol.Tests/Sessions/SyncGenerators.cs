using BdSync.Protocol.Hashing;
using BdSync.Protocol.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>What a session may meet: devices with runs of zeros and of equal bytes, and any legal options.</summary>
public static class SyncGenerators
{
    private const int MaxDeviceLength = 200_000;

    private static readonly int[] InterestingLengths = [0, 1, 511, 512, 513, 4095, 4096, 4097, 32767, 32768, 32769, 65536];

    private static readonly int[] InterestingBlockSizes = [1, 2, 512, 1000, 4096, 32767, 32768, 32769, 40000, 65536, 100_000];

    // Those whose checksums the reference knows.
    private static readonly string[] Checksums = ["md5", "sha1", "sha256", "SHA512"];

    private enum Area
    {
        Equal,
        Different,
        OneByteDiffers,
        BothZero,
        LocalZero,
        RemoteZero,
    }

    public static Arbitrary<SyncScenario> Scenarios() => Arb.From(
        from devices in Devices()
        from options in Options(devices.Local.Length + devices.Remote.Length)
        from zeroBlocks in Gen.Elements(false, true)
        select new SyncScenario(devices, options, zeroBlocks));

    public static Gen<DevicePair> Devices() =>
        from areas in Gen.ListOf(Gen.Zip(Gen.Elements(Enum.GetValues<Area>()), Lengths(40_000)))
        from seed in Gen.Choose(0, int.MaxValue)
        from localCut in Gen.Frequency((2, Gen.Constant(0)), (1, Lengths(5000)))
        from remoteCut in Gen.Frequency((2, Gen.Constant(0)), (1, Lengths(5000)))
        select Create(areas, seed, localCut, remoteCut);

    private static Gen<int> Lengths(int max) => Gen.OneOf(Gen.Choose(0, max), Gen.Elements(InterestingLengths));

    private static Gen<BdSyncClientOptions> Options(int deviceLength) =>
        from blockSize in Gen.OneOf(Gen.Choose(1, 100_000), Gen.Choose(1, 5000), Gen.Elements(InterestingBlockSizes))
        from twoPass in Gen.Elements(false, true)
        from remoteData in Gen.Elements(false, true)
        from policy in Gen.Elements(SizePolicy.Strict, SizePolicy.Resize, SizePolicy.Resize, SizePolicy.MinSize)
        from zeroBlocks in Gen.Elements(false, true)
        from flushCache in Gen.Elements(false, true)
        from checksum in Gen.OneOf(Gen.Constant<string?>(null), Gen.Elements<string?>(Checksums))
        from digest in Gen.Elements(DigestAlgorithm.All.Select(algorithm => algorithm.Name))
        from threads in Gen.Choose(1, 4)
        select new BdSyncClientOptions
        {
            // Blocks of a few bytes make a digest each: not over a large device.
            BlockSize = Math.Max(blockSize, deviceLength / 5000),
            TwoPass = twoPass,
            RemoteData = remoteData,
            SizePolicy = policy,
            ZeroBlocks = zeroBlocks,
            FlushCache = flushCache,
            Checksum = checksum,
            Digest = digest,
            Threads = threads,
        };

    private static DevicePair Create(IEnumerable<(Area, int)> areas, int seed, int localCut, int remoteCut)
    {
        var random = new Random(seed);
        List<byte> local = [];
        List<byte> remote = [];
        foreach (var (area, length) in areas)
        {
            var data = new byte[Math.Min(length, MaxDeviceLength - local.Count)];
            random.NextBytes(data);
            var other = (byte[])data.Clone();
            if (area == Area.Different)
            {
                random.NextBytes(other);
            }
            else if (area == Area.OneByteDiffers && other.Length > 0)
            {
                other[random.Next(other.Length)] ^= 1;
            }

            local.AddRange(area is Area.LocalZero or Area.BothZero ? new byte[data.Length] : data);
            remote.AddRange(area is Area.RemoteZero or Area.BothZero ? new byte[data.Length] : other);
        }

        return new(Cut(local, localCut), Cut(remote, remoteCut));
    }

    private static byte[] Cut(List<byte> device, int cut) => [.. device.Take(Math.Max(device.Count - cut, 0))];
}
