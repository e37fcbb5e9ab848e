using System.Globalization;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Planning;

namespace BdSync.Cli.Maps;

/// <summary>A map that grows with a comparison. Safe for several threads.</summary>
/// <param name="localLength">The size of the local device in bytes; the remote one's is known only at the end.</param>
internal sealed class DifferenceMap(long localLength) : IProgress<SyncProgress>
{
    private readonly Lock access = new();
    private readonly ExtentStatistics statistics = new();
    private DeviceCells cells = new(localLength);
    private SyncProgress? progress;

    /// <summary>Adds what differs.</summary>
    public void Add(Extent extent)
    {
        lock (access)
        {
            cells.Add(extent);
            statistics.Add(extent);
        }
    }

    public void Report(SyncProgress value)
    {
        lock (access)
        {
            progress = value;
        }
    }

    /// <summary>Takes the part that only one device has for different.</summary>
    /// <returns>All that differs, and numbers on what differs within what both have.</returns>
    public (DeviceCells Cells, ExtentSummary Extents) Complete(long remoteLength)
    {
        lock (access)
        {
            var (shorter, longer) = (Math.Min(localLength, remoteLength), Math.Max(localLength, remoteLength));
            cells = cells.Extend(longer);
            cells.Add(new(shorter, longer - shorter));
            return (cells, statistics.GetSummary());
        }
    }

    /// <summary>The state of the comparison, and the map as far as it is known.</summary>
    /// <returns>Lines that fit the screen; none before the comparison has begun.</returns>
    public IReadOnlyList<string> Draw(TextStyle style)
    {
        // Beside the cells: the line above, the legend in up to four lines, the cursor.
        const int otherLines = 6;
        lock (access)
        {
            if (progress is not { } known)
            {
                return [];
            }

            var percentage = known.Length == 0 ? 100 : (long)((Int128)known.Position * 100 / known.Length);
            var state = string.Create(CultureInfo.InvariantCulture, $"{percentage} % compared, {new ShortSize(known.DifferingBytes)} differ");
            var rows = Math.Clamp(style.Height - otherLines, 1, TerminalMap.MaxRows);
            return [state, .. TerminalMap.Draw([cells], style, known.Completed ? long.MaxValue : known.Position, rows)];
        }
    }
}
