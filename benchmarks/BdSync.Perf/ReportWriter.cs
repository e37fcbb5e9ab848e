using System.Globalization;
using System.Text;

namespace BdSync.Perf;

/// <summary>Puts the results into a document, between two marks, and a chart beside it.</summary>
internal static class ReportWriter
{
    private const string Begin = "<!-- BdSync.Perf: begin -->";
    private const string End = "<!-- BdSync.Perf: end -->";

    public static string CreateTable(IEnumerable<Result> results) => string.Join('\n',
    [
        "| row | asked | ratio | ours s | theirs s | our CPU s | their CPU s | our MiB | their MiB |",
        "|---|---|---|---|---|---|---|---|---|",
        .. results.Select(result => result.ToMarkdown()),
    ]);

    public static void Write(string path, IReadOnlyList<Result> results)
    {
        var text = File.ReadAllText(path);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < Begin.Length || end < begin)
        {
            throw new InvalidOperationException($"{path} has no lines '{Begin}' and '{End}'.");
        }

        File.WriteAllText(path, $"{text[..begin]}\n\n{CreateTable(results)}\n\n{text[end..]}");
        File.WriteAllText(Path.ChangeExtension(path, ".svg"), CreateChart(results));
    }

    // A bar per row: how many times faster.
    private static string CreateChart(IReadOnlyList<Result> results)
    {
        const int RowHeight = 26, LabelWidth = 380, BarWidth = 380;
        var bars = results.Where(result => result.Ratio is not null).ToList();
        var largest = bars.Max(bar => bar.Ratio!.Value);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{LabelWidth + BarWidth + 80}\" height=\"{(bars.Count + 1) * RowHeight}\" font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth}\" y=\"17\" fill=\"#555\">times faster than the other tool</text>\n");
        for (var index = 0; index < bars.Count; index++)
        {
            var y = (index + 1) * RowHeight;
            var width = bars[index].Ratio!.Value / largest * BarWidth;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth - 8}\" y=\"{y + 17}\" text-anchor=\"end\">{System.Net.WebUtility.HtmlEncode(bars[index].Row.Name)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{LabelWidth}\" y=\"{y + 4}\" width=\"{width:0.0}\" height=\"18\" fill=\"#3b6ea5\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{LabelWidth + width + 6:0.0}\" y=\"{y + 17}\">{bars[index].Ratio:0.0}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
