namespace BdSync.Cli.Output;

/// <summary>A table of plain text. It fits into a terminal: columns are left out, and then the first one is cut.</summary>
/// <param name="columns">Its columns.</param>
internal sealed class TextTable(IReadOnlyList<TableColumn> columns)
{
    private const string Gap = "  ";
    private const string Ellipsis = "~";
    private const int MinFirstWidth = 8;

    private readonly List<string[]?> rows = [];

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A cell for each column; whatever does not print is left out.</param>
    public void Add(params IEnumerable<string> cells) => rows.Add([.. cells.Select(cell => CellText.Clean(cell, isAscii: false))]);

    /// <summary>Adds a line of dashes.</summary>
    public void AddRule() => rows.Add(null);

    /// <summary>Writes it.</summary>
    /// <param name="width">How many cells a line may take; null for any number.</param>
    /// <returns>Its lines, without blanks at their ends.</returns>
    public IEnumerable<string> Write(int? width)
    {
        var widths = columns.Select((column, index) => rows.OfType<string[]>().Select(row => CellText.Measure(row[index])).Append(column.Header.Length).Max()).ToArray();
        var shown = Choose(widths, width);
        if (width is { } limit && GetTotal(shown, widths) - limit is > 0 and var excess)
        {
            widths[0] = Math.Max(widths[0] - excess, MinFirstWidth);
        }

        foreach (var row in rows.Prepend([.. columns.Select(column => column.Header)]))
        {
            var line = string.Join(Gap, shown.Select(index => row is null ? new string('-', widths[index]) : Align(row[index], widths[index], columns[index].IsNumber))).TrimEnd();
            yield return width is { } room ? CellText.CutEnd(line, Math.Max(room, 1), Ellipsis) : line;
        }
    }

    private List<int> Choose(int[] widths, int? limit)
    {
        var shown = Enumerable.Range(0, columns.Count).ToList();
        while (GetTotal(shown, widths) > limit && shown.Where(index => columns[index].Weight != TableColumn.Needed).OrderBy(index => columns[index].Weight).Select(index => (int?)index).FirstOrDefault() is { } least)
        {
            shown.Remove(least);
        }

        return shown;
    }

    private static int GetTotal(List<int> shown, int[] widths) => shown.Sum(index => widths[index]) + ((shown.Count - 1) * Gap.Length);

    private static string Align(string cell, int width, bool isNumber)
    {
        var fitted = CellText.CutEnd(cell, width, Ellipsis);
        return isNumber ? CellText.PadLeft(fitted, width) : CellText.PadRight(fitted, width);
    }
}
