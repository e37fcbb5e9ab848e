using System.Numerics;
using BdSync.Protocol;

namespace BdSync.Cli.Maps;

/// <summary>
/// A device cut into cells of one size, and how many bytes of each have changed. The size of a cell is a power of two, so that maps of several
/// devices can be laid over each other. Memory depends on the number of cells alone. Not safe for several threads.
/// </summary>
internal sealed class DeviceCells
{
    /// <summary>How many cells there are at most: what the finest view shows.</summary>
    public const int MaxCount = 4096;

    /// <summary>The smallest cell in bytes: the sector, the smallest block that anybody compares.</summary>
    public const long MinCellLength = 512;

    private readonly long[] changed;

    /// <summary>Cuts a device.</summary>
    /// <param name="deviceLength">Its size in bytes; 0 to <see cref="long.MaxValue"/>.</param>
    /// <param name="maxCount">How many cells there may be, at least 1.</param>
    public DeviceCells(long deviceLength, int maxCount = MaxCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(deviceLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCount, 1);
        DeviceLength = deviceLength;
        CellLength = FindCellLength(deviceLength, maxCount);
        changed = new long[CountCells(deviceLength, CellLength)];
    }

    /// <summary>The size of the device in bytes.</summary>
    public long DeviceLength { get; }

    /// <summary>The size of a cell in bytes; the last one may be shorter.</summary>
    public long CellLength { get; }

    /// <summary>How many there are; none of an empty device.</summary>
    public int Count => changed.Length;

    /// <summary>How many bytes of a cell have changed; more than it has where extents overlap.</summary>
    public long this[int index] => changed[index];

    /// <summary>The size of the cells, in bytes, that it takes to cut a device into this many at most: a power of two; for a device of more than 4 EiB in one cell, <see cref="long.MaxValue"/>.</summary>
    public static long FindCellLength(long deviceLength, int maxCount)
    {
        var least = Math.Max(MinCellLength, (deviceLength / maxCount) + (deviceLength % maxCount == 0 ? 0 : 1));
        return least > 1L << 62 ? long.MaxValue : (long)BitOperations.RoundUpToPowerOf2((ulong)least);
    }

    /// <summary>How many cells of this size a device has.</summary>
    public static int CountCells(long deviceLength, long cellLength) => (int)((deviceLength / cellLength) + (deviceLength % cellLength == 0 ? 0 : 1));

    /// <summary>Counts the bytes of an extent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie on the device.</exception>
    public void Add(Extent extent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(extent.Offset, nameof(extent));
        ArgumentOutOfRangeException.ThrowIfNegative(extent.Length, nameof(extent));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(extent.Offset, DeviceLength - extent.Length, nameof(extent));
        for (var (offset, left) = (extent.Offset, extent.Length); left > 0;)
        {
            var length = Math.Min(left, CellLength - (offset % CellLength));
            changed[(int)(offset / CellLength)] += length;
            offset += length;
            left -= length;
        }
    }

    /// <summary>The same changes on a device that is at least as long.</summary>
    /// <param name="deviceLength">Its size in bytes.</param>
    public DeviceCells Extend(long deviceLength)
    {
        var result = new DeviceCells(deviceLength);
        for (var index = 0; index < Count; index++)
        {
            // Where in the old cell the changes lie doesn't matter: a new one has all of it.
            result.changed[(int)(index * CellLength / result.CellLength)] += changed[index];
        }

        return result;
    }
}
