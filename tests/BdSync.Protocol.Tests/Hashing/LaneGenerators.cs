using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Protocol.Tests.Hashing;

/// <summary>Block sizes around the edges of md5's chunks, salts of any length, and counts that do not fill the lanes.</summary>
public static class LaneGenerators
{
    public static readonly int[] EdgeSizes = [1, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 4095, 4096, 4097];

    private static readonly int[] EdgeSalts = [0, 1, 32, 55, 56, 63, 64, 65, 119, 120, 127];

    public static Arbitrary<LaneCase> Cases() => Arb.From(
        from blockSize in Gen.OneOf(Gen.Choose(1, 5000), Gen.Choose(1, 200), Gen.Elements(EdgeSizes))
        from count in Gen.Choose(1, 70)
        from saltLength in Gen.OneOf(Gen.Choose(0, 127), Gen.Elements(EdgeSalts))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select new LaneCase(blockSize, count, saltLength, seed));
}
