using BdSync.Protocol.Planning;
using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Sparse devices of some MiB: holes from a few bytes to all of the device, in one of the two or in both.</summary>
public static class SparseGenerators
{
    private const int MinHole = 256 * 1024;
    private const int MaxLength = 6 * 1024 * 1024;

    private static readonly int[] EdgeGaps = [0, 1, 4096, MinHole - 1, MinHole, MinHole + 1, 1024 * 1024, (1024 * 1024) + 1, 2 * 1024 * 1024];

    private static readonly int[] EdgeBlockSizes = [512, 513, 1000, 4096, 32768, 65536, 99_999, 100_000];

    public static Arbitrary<SparseScenario> Scenarios() => Arb.From(
        from local in Layouts()
        from other in Layouts()
        from relation in Gen.Choose(0, 3)
        from rest in Gen.OneOf(Gen.Choose(0, 2 * MinHole), Gen.Elements(EdgeGaps))
        from localKnows in Gen.Frequency((4, Gen.Constant(true)), (1, Gen.Constant(false)))
        from remoteKnows in Gen.Elements(false, true)
        from cuts in Gen.Zip(Cuts(), Cuts())
        from options in Options()
        select Create(local, other, relation, rest, cuts, localKnows, remoteKnows, options));

    private static Gen<int> Cuts() => Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(0, 3_000_000)));

    private static Gen<List<(int Gap, int Length, int Seed)>> Layouts() =>
        from count in Gen.Choose(0, 5)
        from islands in Gen.ListOf(
            from gap in Gen.OneOf(Gen.Choose(0, 1_500_000), Gen.Elements(EdgeGaps))
            from length in Gen.OneOf(Gen.Choose(1, 300_000), Gen.Choose(1, 5000))
            from seed in Gen.Choose(0, int.MaxValue)
            select (gap, length, seed), count)
        select islands.ToList();

    private static Gen<BdSyncClientOptions> Options() =>
        from blockSize in Gen.OneOf(Gen.Choose(512, 100_000), Gen.Choose(512, 8192), Gen.Elements(EdgeBlockSizes))
        from checksum in Gen.Elements(null, "md5")
        from remoteData in Gen.Elements(false, true)
        from twoPass in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from zeroBlocks in Gen.Elements(false, true)
        from digest in Gen.Elements(null, "md5")
        from threads in Gen.Choose(1, 3)
        from policy in Gen.Elements(SizePolicy.Resize, SizePolicy.MinSize)
        select new BdSyncClientOptions
        {
            BlockSize = blockSize, Checksum = checksum, RemoteData = remoteData, TwoPass = twoPass, ZeroBlocks = zeroBlocks, Digest = digest, Threads = threads, SizePolicy = policy,
        };

    // The remote device has other islands, the same ones, the same with a change, or none.
    private static SparseScenario Create(
        List<(int Gap, int Length, int Seed)> local, List<(int Gap, int Length, int Seed)> other, int relation, int rest, (int Local, int Remote) cuts, bool localKnows, bool remoteKnows, BdSyncClientOptions options)
    {
        var ours = Place(local);
        var theirs = relation switch { 0 => Place(other), 1 => Place(local), 2 => Change(Place(local)), _ => [] };
        var length = Math.Min(ours.Concat(theirs).Select(island => (int)island.Offset + island.Data.Length).DefaultIfEmpty(0).Max() + rest, MaxLength);
        var (localLength, remoteLength) = (Math.Max(length - cuts.Local, 0), Math.Max(length - cuts.Remote, 0));
        return new(localLength, remoteLength, Cut(ours, localLength), Cut(theirs, remoteLength), localKnows, remoteKnows, options);
    }

    private static List<(long Offset, byte[] Data)> Place(List<(int Gap, int Length, int Seed)> islands)
    {
        List<(long Offset, byte[] Data)> placed = [];
        long position = 0;
        foreach (var (gap, length, seed) in islands)
        {
            var data = new byte[length];
            new Random(seed).NextBytes(data);
            placed.Add((position + gap, data));
            position += gap + length;
        }

        return placed;
    }

    private static List<(long Offset, byte[] Data)> Change(List<(long Offset, byte[] Data)> islands)
    {
        if (islands.Count > 0)
        {
            islands[^1].Data[^1] ^= 1;
        }

        return islands;
    }

    private static List<(long Offset, byte[] Data)> Cut(List<(long Offset, byte[] Data)> islands, int length) =>
        [.. islands.Where(island => island.Offset < length).Select(island => (island.Offset, island.Data[..(int)Math.Min(island.Data.Length, length - island.Offset)]))];
}
