namespace BdSync.Cli.Output.Live;

/// <summary>Lays out what a view shows as the lines of a table, for a terminal of any size. It writes nothing. Not safe for several threads: it remembers names.</summary>
/// <param name="glyphs">What to draw with.</param>
/// <param name="labels">The headings.</param>
internal sealed class LiveTable(LiveGlyphs glyphs, LiveLabels labels)
{
    private readonly Dictionary<string, (string Text, int Width)> names = [];

    /// <summary>
    /// Makes the lines: a heading and a line for each entry; where these are more than the terminal has, those that run and a count.
    /// </summary>
    /// <param name="entries">What is shown, in its order.</param>
    /// <param name="size">The terminal's size. Its last column stays free, as some terminals begin another line there, and so does its last line.</param>
    public IReadOnlyList<LiveLine> Compose(IReadOnlyList<LiveEntry> entries, LiveSize size)
    {
        var room = Math.Max(1, size.Width - 1);
        var lineCount = Math.Max(1, size.Height - 1);
        var row = new LiveRow(glyphs, LiveColumns.Choose(room, entries.Select(entry => Clean(entry.Name).Width).DefaultIfEmpty().Max()));
        if (entries.Count < lineCount)
        {
            return [row.ComposeHeading(labels), .. entries.Select(entry => row.Compose(entry, Clean(entry.Name).Text))];
        }

        if (entries.Count == 1)
        {
            return [row.Compose(entries[0], Clean(entries[0].Name).Text)];
        }

        var running = entries.Where(entry => entry.State == LiveState.Running).ToList();
        var shown = running.Take(Math.Max(0, lineCount - 2)).ToList();
        var count = new LiveLine([new(CellText.CutEnd(Count(entries, running.Count - shown.Count), room, glyphs.Ellipsis), LiveTone.Quiet)]);
        return shown.Count == 0 ? [count] : [row.ComposeHeading(labels), .. shown.Select(entry => row.Compose(entry, Clean(entry.Name).Text)), count];
    }

    private static string Count(IReadOnlyList<LiveEntry> entries, int hidden)
    {
        var counts = entries.CountBy(entry => entry.State).ToDictionary();
        List<string> parts = [];
        foreach (var state in Enum.GetValues<LiveState>().OrderBy(state => state != LiveState.Running))
        {
            if (counts.TryGetValue(state, out var count))
            {
                var word = state.ToString().ToLowerInvariant();
                parts.Add(state == LiveState.Running && hidden > 0 ? $"{count} {word} ({hidden} not shown)" : $"{count} {word}");
            }
        }

        return string.Join(", ", parts);
    }

    private (string Text, int Width) Clean(string name)
    {
        if (!names.TryGetValue(name, out var clean))
        {
            var text = CellText.Clean(name, glyphs.IsAscii);
            names.Add(name, clean = (text, CellText.Measure(text)));
        }

        return clean;
    }
}
