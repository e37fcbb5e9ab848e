using BdSync.Protocol;

namespace BdSync.Cli.Maps;

/// <summary>
/// Where on a device changes lie: one part, a patch or a comparison, or several laid over each other, in cells that are large enough for a view.
/// Immutable.
/// </summary>
internal sealed class ChangeMap
{
    private ChangeMap(long deviceLength, long cellLength, int partCount, MapCell[] cells) =>
        (DeviceLength, CellLength, PartCount, Cells) = (deviceLength, cellLength, partCount, cells);

    /// <summary>The size of the largest device in bytes.</summary>
    public long DeviceLength { get; }

    /// <summary>The size of a cell in bytes; the last one may be shorter.</summary>
    public long CellLength { get; }

    /// <summary>How many parts lie over each other.</summary>
    public int PartCount { get; }

    /// <summary>The cells, from the start of the device.</summary>
    public IReadOnlyList<MapCell> Cells { get; }

    /// <summary>Lays parts over each other.</summary>
    /// <param name="parts">One or more; their devices may have different sizes.</param>
    /// <param name="maxCount">How many cells there may be, at least 1.</param>
    public static ChangeMap Create(IReadOnlyList<DeviceCells> parts, int maxCount)
    {
        var deviceLength = parts.Max(part => part.DeviceLength);
        var cellLength = Math.Max(parts.Max(part => part.CellLength), DeviceCells.FindCellLength(deviceLength, maxCount));
        var count = DeviceCells.CountCells(deviceLength, cellLength);
        var changed = new long[count];
        var touching = new int[count];
        foreach (var part in parts)
        {
            AddPart(part, cellLength, changed, touching);
        }

        var cells = new MapCell[count];
        for (var index = 0; index < count; index++)
        {
            var offset = index * cellLength;
            cells[index] = new(new Extent(offset, Math.Min(cellLength, deviceLength - offset)), changed[index], touching[index]);
        }

        return new(deviceLength, cellLength, parts.Count, cells);
    }

    private static void AddPart(DeviceCells part, long cellLength, long[] changed, int[] touching)
    {
        // Cells are powers of two: each of the part's lies in one of these.
        var lastTouched = -1;
        for (var index = 0; index < part.Count; index++)
        {
            if (part[index] == 0)
            {
                continue;
            }

            var cell = (int)(index * part.CellLength / cellLength);
            changed[cell] += part[index];
            if (cell != lastTouched)
            {
                touching[cell]++;
                lastTouched = cell;
            }
        }
    }
}
