using System.Globalization;
using System.Net;
using System.Text;
using BdSync.Cli.Output;

namespace BdSync.Cli.Maps;

/// <summary>A map as a picture: SVG 1.1 without scripts or anything that is elsewhere, for light and dark backgrounds.</summary>
internal static class SvgMap
{
    private const int Columns = 128;
    private const int CellWidth = 7;
    private const int RowHeight = 12;
    private const int LabelWidth = 80;
    private const int Margin = 16;
    private const int LineHeight = 20;
    private const int MaxTitleLength = 110;
    private const int LegendWidth = 130;
    private const int Width = LabelWidth + (Columns * CellWidth) + (2 * Margin);

    /// <summary>Light colours stand for nothing on a light background, dark ones on a dark background.</summary>
    private const string Styles = """
        <style>
        svg { font-family: sans-serif; font-size: 12px; }
        .back { fill: #ffffff; } text { fill: #1f2328; } .label { fill: #59636e; font-size: 10px; } .title { font-size: 15px; font-weight: bold; }
        .l0 { fill: #e6e8eb; } .l1 { fill: #fdd58a; } .l2 { fill: #fb9a3c; } .l3 { fill: #dd3b1f; } .l4 { fill: #7a0021; }
        @media (prefers-color-scheme: dark) {
        .back { fill: #16181d; } text { fill: #e6e8eb; } .label { fill: #9aa4af; }
        .l0 { fill: #2b3038; } .l1 { fill: #6e4516; } .l2 { fill: #bd6112; } .l3 { fill: #fb8b3c; } .l4 { fill: #fff0c9; }
        }
        </style>

        """;

    /// <summary>Draws the map.</summary>
    /// <param name="parts">What lies over each other.</param>
    /// <param name="title">What it is a map of; any text.</param>
    /// <param name="subtitles">More about it, a line each; any text.</param>
    public static string Draw(IReadOnlyList<DeviceCells> parts, string title, IReadOnlyList<string> subtitles)
    {
        var map = ChangeMap.Create(parts, DeviceCells.MaxCount);
        var scale = new MapScale(map.PartCount);
        var top = Margin + ((1 + subtitles.Count) * LineHeight) + 8;
        var rows = (map.Cells.Count + Columns - 1) / Columns;
        var legendTop = top + (rows * RowHeight) + Margin;
        var height = legendTop + (2 * LineHeight) + Margin;

        var svg = new StringBuilder();
        Append(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img">""").Append('\n');
        Append(svg, $"<title>{Escape(title)}</title>\n").Append(Styles).Append("""<rect class="back" width="100%" height="100%"/>""").Append('\n');
        AppendText(svg, Margin, Margin + 12, "title", title);
        for (var index = 0; index < subtitles.Count; index++)
        {
            AppendText(svg, Margin, Margin + 12 + ((index + 1) * LineHeight), "line", subtitles[index]);
        }

        for (var row = 0; row < rows; row++)
        {
            AppendRow(svg, map, scale, row, top + (row * RowHeight));
        }

        AppendLegend(svg, map, scale, legendTop);
        return svg.Append("</svg>\n").ToString();
    }

    private static void AppendRow(StringBuilder svg, ChangeMap map, MapScale scale, int row, int top)
    {
        var first = row * Columns;
        var end = Math.Min(first + Columns, map.Cells.Count);
        var step = map.Cells.Count > Columns ? map.Cells[Columns].Extent.Offset : 1;
        var label = ShortSize.FormatMultiple(map.Cells[first].Extent.Offset, step);
        Append(svg, $"""<text class="label" x="{Margin + LabelWidth - 8}" y="{top + RowHeight - 3}" text-anchor="end">{label}</text>""").Append('\n');

        // Cells of one level that follow each other are one shape.
        for (var start = first; start < end;)
        {
            var level = scale.GetLevel(map.Cells[start]);
            var stop = start + 1;
            while (stop < end && scale.GetLevel(map.Cells[stop]) == level)
            {
                stop++;
            }

            var x = Margin + LabelWidth + ((start - first) * CellWidth);
            Append(svg, $"""<rect class="l{level}" x="{x}" y="{top}" width="{(stop - start) * CellWidth}" height="{RowHeight - 2}"/>""").Append('\n');
            start = stop;
        }
    }

    private static void AppendLegend(StringBuilder svg, ChangeMap map, MapScale scale, int top)
    {
        var rowLength = map.Cells.Count > Columns ? $" A row is {new ShortSize(map.Cells[Columns].Extent.Offset)}." : "";
        var size = map.Cells.Count == 0 ? "The device is empty." : $"A cell is {new ShortSize(map.CellLength)}.{rowLength}";
        AppendText(svg, Margin, top + 12, "line", size);
        var x = Margin;
        foreach (var (level, meaning) in scale.GetLegend())
        {
            Append(svg, $"""<rect class="l{level}" x="{x}" y="{top + LineHeight + 2}" width="{2 * CellWidth}" height="{RowHeight}"/>""").Append('\n');
            AppendText(svg, x + (2 * CellWidth) + 6, top + LineHeight + 12, "line", meaning);
            x += LegendWidth;
        }
    }

    private static void AppendText(StringBuilder svg, int x, int y, string style, string text) =>
        Append(svg, $"""<text class="{style}" x="{x}" y="{y}">{Escape(text)}</text>""").Append('\n');

    private static StringBuilder Append(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));

    private static string Escape(string text) => WebUtility.HtmlEncode(PrintableText.From(text, maxLength: MaxTitleLength));
}
