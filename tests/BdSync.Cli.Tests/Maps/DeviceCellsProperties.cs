using System.Numerics;
using BdSync.Cli.Maps;
using BdSync.Protocol;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Cli.Tests.Maps;

/// <summary>Cells account for each byte, whatever the device and whatever their number.</summary>
public class DeviceCellsProperties
{
    [Property(MaxTest = 300)]
    public Property Cells_cover_the_device_and_count_each_byte() => Prop.ForAll(CellExample.Any, example =>
    {
        var cells = example.CreateCells();
        Assert.InRange(cells.Count, example.DeviceLength == 0 ? 0 : 1, example.MaxCount);
        Assert.True((Int128)cells.CellLength * cells.Count >= example.DeviceLength);
        Assert.True((Int128)cells.CellLength * (cells.Count - 1) < Math.Max(example.DeviceLength, 1));
        Assert.True(cells.CellLength == long.MaxValue || (cells.CellLength >= DeviceCells.MinCellLength && BitOperations.IsPow2(cells.CellLength)));
        Assert.Equal(example.Extents.Sum(extent => extent.Length), Enumerable.Range(0, cells.Count).Sum(index => cells[index]));
        var map = ChangeMap.Create([cells], int.MaxValue);
        Assert.Equal(cells.Count, map.Cells.Count);
        Assert.All(map.Cells, cell => Assert.Equal(example.CountWithin(cell.Extent), cell.ChangedLength));
    });

    [Property(MaxTest = 200)]
    public Property Maps_of_several_devices_lie_over_each_other() => Prop.ForAll(CellExample.Any, CellExample.Any, Arb.From(Gen.Choose(1, 5000)), (one, other, maxCount) =>
    {
        var map = ChangeMap.Create([one.CreateCells(), other.CreateCells()], maxCount);
        Assert.InRange(map.Cells.Count, 0, maxCount);
        Assert.Equal(Math.Max(one.DeviceLength, other.DeviceLength), map.DeviceLength);
        Assert.Equal(map.DeviceLength, map.Cells.Sum(cell => cell.Extent.Length));
        foreach (var cell in map.Cells)
        {
            var (ones, others) = (one.CountWithin(cell.Extent), other.CountWithin(cell.Extent));
            Assert.Equal(ones + others, cell.ChangedLength);
            Assert.Equal((ones > 0 ? 1 : 0) + (others > 0 ? 1 : 0), cell.TouchingParts);
        }
    });

    [Property(MaxTest = 100)]
    public Property A_longer_device_has_the_same_changes() => Prop.ForAll(CellExample.Any, CellExample.Any, (example, longer) =>
    {
        var cells = (example with { MaxCount = DeviceCells.MaxCount }).CreateCells().Extend(Math.Max(example.DeviceLength, longer.DeviceLength));
        Assert.All(ChangeMap.Create([cells], DeviceCells.MaxCount).Cells, cell => Assert.Equal(example.CountWithin(cell.Extent), cell.ChangedLength));
    });

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, -1)]
    [InlineData(1000, 1)]
    [InlineData(999, 2)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void What_does_not_lie_on_the_device_is_refused(long offset, long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeviceCells(1000).Add(new Extent(offset, length)));
}
