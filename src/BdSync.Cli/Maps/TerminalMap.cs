using System.Globalization;
using System.Numerics;
using System.Text;
using BdSync.Cli.Output;

namespace BdSync.Cli.Maps;

/// <summary>A map as lines of text: an offset, and a character per cell. A line has a power of two of cells, so that offsets are round.</summary>
internal static class TerminalMap
{
    /// <summary>How many lines of cells there are at most.</summary>
    public const int MaxRows = 16;

    private const int MinColumns = 8;
    private const int MaxColumns = 128;

    /// <summary>What offsets have of a line, in characters, with the blank behind them.</summary>
    private const int LabelWidth = 11;

    private const string Reset = "\e[0m";

    private static readonly string[] Colours = ["\e[90m", "\e[32m", "\e[33m", "\e[91m", "\e[1;31m"];

    /// <summary>Draws the map.</summary>
    /// <param name="parts">What lies over each other.</param>
    /// <param name="style">What can be shown.</param>
    /// <param name="knownLength">How far the device is known, in bytes; cells behind it stay blank.</param>
    /// <param name="maxRows">How many lines of cells there may be, at least 1.</param>
    /// <returns>The lines, with a legend; none for an empty device.</returns>
    public static IReadOnlyList<string> Draw(IReadOnlyList<DeviceCells> parts, TextStyle style, long knownLength = long.MaxValue, int maxRows = MaxRows)
    {
        var columns = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, style.Width - LabelWidth + 1)) / 2, MinColumns, MaxColumns);
        var map = ChangeMap.Create(parts, columns * maxRows);
        if (map.Cells.Count == 0)
        {
            return [];
        }

        var scale = new MapScale(map.PartCount);
        List<string> lines = [];
        for (var first = 0; first < map.Cells.Count; first += columns)
        {
            lines.Add(DrawRow(map, scale, first, Math.Min(columns, map.Cells.Count - first), style, knownLength, columns));
        }

        lines.AddRange(DrawLegend(map, scale, style));
        return lines;
    }

    private static string DrawRow(ChangeMap map, MapScale scale, int first, int count, TextStyle style, long knownLength, int columns)
    {
        var step = map.Cells.Count > columns ? map.Cells[columns].Extent.Offset : 1;
        var line = new StringBuilder(ShortSize.FormatMultiple(map.Cells[first].Extent.Offset, step).PadLeft(LabelWidth - 1)).Append(' ');
        var lastLevel = -1;
        foreach (var cell in map.Cells.Skip(first).Take(count).TakeWhile(cell => cell.Extent.Offset < knownLength))
        {
            var level = scale.GetLevel(cell);
            if (style.HasColours && level != lastLevel)
            {
                line.Append(Colours[level]);
            }

            line.Append(GetCharacter(level, style));
            lastLevel = level;
        }

        return line.Append(style.HasColours && lastLevel >= 0 ? Reset : "").ToString();
    }

    private static IEnumerable<string> DrawLegend(ChangeMap map, MapScale scale, TextStyle style)
    {
        var words = scale.GetLegend().Select(entry => (Sign: GetCharacter(entry.Level, style), entry.Level, entry.Meaning)).ToList();
        var line = new StringBuilder();
        var width = 0;
        var size = string.Create(CultureInfo.InvariantCulture, $"A cell is {new ShortSize(map.CellLength)}.");
        foreach (var (text, drawn) in words
            .Select(word => ($"{word.Sign} {word.Meaning}", style.HasColours ? $"{Colours[word.Level]}{word.Sign}{Reset} {word.Meaning}" : $"{word.Sign} {word.Meaning}"))
            .Prepend((size, size)))
        {
            if (width > 0 && width + text.Length + 2 > style.Width)
            {
                yield return line.ToString();
                line.Clear();
                width = 0;
            }

            line.Append(width > 0 ? "  " : "").Append(drawn);
            width += text.Length + (width > 0 ? 2 : 0);
        }

        yield return line.ToString();
    }

    private static char GetCharacter(int level, TextStyle style) => (style.IsUnicode ? "·░▒▓█" : ".:+*#")[level];
}
