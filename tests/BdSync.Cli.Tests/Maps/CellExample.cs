using BdSync.Cli.Maps;
using BdSync.Protocol;
using FsCheck;
using FsCheck.Fluent;

namespace BdSync.Cli.Tests.Maps;

/// <summary>A device of any size, any number of cells, and extents anywhere on it, overlapping or not.</summary>
/// <param name="DeviceLength">The size of the device in bytes.</param>
/// <param name="MaxCount">How many cells there may be.</param>
/// <param name="Extents">What has changed.</param>
internal sealed record CellExample(long DeviceLength, int MaxCount, IReadOnlyList<Extent> Extents)
{
    /// <summary>From nothing to the largest device that there can be.</summary>
    public static Arbitrary<CellExample> Any { get; } = Arb.From(Gen.Choose(0, int.MaxValue).Select(Create));

    /// <summary>The cells with all that has changed.</summary>
    public DeviceCells CreateCells()
    {
        var cells = new DeviceCells(DeviceLength, MaxCount);
        Extents.ToList().ForEach(cells.Add);
        return cells;
    }

    /// <summary>How many bytes of the extents lie in some part of the device.</summary>
    public Int128 CountWithin(Extent part) =>
        Extents.Aggregate((Int128)0, (sum, extent) => sum + Int128.Max(0, Int128.Min((Int128)part.Offset + part.Length, extent.End) - Math.Max(part.Offset, extent.Offset)));

    private static CellExample Create(int seed)
    {
        var random = new Random(seed);
        var length = random.Next(20) == 0 ? long.MaxValue : random.NextInt64() >> random.Next(63);
        var count = random.Next(20);
        var extents = Enumerable.Range(0, count).Select(_ =>
        {
            var offset = random.NextInt64(length);
            return new Extent(offset, random.NextInt64(Math.Min(length - offset, (length / count) >> random.Next(40)) + 1));
        });
        return new(length, 1 + (random.Next(10_000) >> random.Next(14)), length == 0 ? [] : [.. extents]);
    }
}
