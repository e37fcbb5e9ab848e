namespace BdSync.Cli.Output.Live;

/// <summary>Makes single lines of a table.</summary>
/// <param name="glyphs">What to draw with.</param>
/// <param name="columns">Where what goes.</param>
internal sealed class LiveRow(LiveGlyphs glyphs, LiveColumns columns)
{
    /// <summary>A note that is cut to less says nothing.</summary>
    private const int MinNoteWidth = 10;

    public LiveLine ComposeHeading(LiveLabels labels)
    {
        List<LiveSpan> spans = [];
        Add(spans, columns.Name, CellText.PadRight(CellText.CutEnd(labels.Name, columns.Name, ""), columns.Name), LiveTone.Quiet);
        Add(spans, columns.Word, CellText.PadRight("phase", columns.Word), LiveTone.Quiet);
        Add(spans, columns.Bar, CellText.PadRight(columns.Bar < 8 ? "" : "progress", columns.Bar), LiveTone.Quiet);
        Add(spans, columns.Percentage, new(' ', columns.Percentage), LiveTone.Quiet);
        Add(spans, columns.Rate, CellText.PadLeft(labels.Source, columns.Rate), LiveTone.Quiet);
        Add(spans, columns.Rate, CellText.PadLeft(labels.Target, columns.Rate), LiveTone.Quiet);
        Add(spans, columns.Time, CellText.PadLeft("time", columns.Time), LiveTone.Quiet);
        Add(spans, columns.Differing, CellText.PadLeft("differs", columns.Differing), LiveTone.Quiet);
        return Trim(spans);
    }

    /// <summary>Makes the line of an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="name">Its name, which may be too wide but prints.</param>
    public LiveLine Compose(LiveEntry entry, string name)
    {
        var (nameTone, wordTone) = GetTones(entry.State);
        List<LiveSpan> spans = [];
        Add(spans, columns.Name, CellText.PadRight(CellText.CutMiddle(name, columns.Name, glyphs.Ellipsis), columns.Name), nameTone);
        Add(spans, columns.Word, CellText.PadRight(CellText.CutEnd(entry.Word, columns.Word, ""), columns.Word), wordTone);
        if (entry.Note is { } note)
        {
            AddNote(spans, note);
        }
        else
        {
            AddProgress(spans, entry);
        }

        var time = entry.Remaining is { } remaining ? LiveNumbers.FormatRemaining(remaining) : entry.Elapsed is { } elapsed ? LiveNumbers.FormatElapsed(elapsed) : "";
        Add(spans, columns.Time, CellText.PadLeft(time, columns.Time), LiveTone.Plain);
        Add(spans, columns.Differing, CellText.PadLeft(entry.DifferingBytes is { } bytes ? LiveNumbers.FormatSize(bytes) : "", columns.Differing), LiveTone.Plain);
        return Trim(spans);
    }

    private void AddNote(List<LiveSpan> spans, string note)
    {
        var text = columns.Middle < MinNoteWidth ? "" : CellText.CutEnd(CellText.Clean(note, glyphs.IsAscii), columns.Middle, glyphs.Ellipsis);
        Add(spans, columns.Middle, CellText.PadRight(text, columns.Middle), LiveTone.Plain);
    }

    private void AddProgress(List<LiveSpan> spans, LiveEntry entry)
    {
        if (entry.Fraction is { } fraction)
        {
            var (done, left) = glyphs.DrawBar(fraction, columns.Bar);
            Add(spans, columns.Bar, done, LiveTone.Active);
            spans.Add(new(left, LiveTone.Quiet));
            Add(spans, columns.Percentage, CellText.PadLeft(LiveNumbers.FormatPercentage(fraction), columns.Percentage), LiveTone.Plain);
        }
        else
        {
            Add(spans, columns.Bar, new(' ', columns.Bar), LiveTone.Plain);
            Add(spans, columns.Percentage, new(' ', columns.Percentage), LiveTone.Plain);
        }

        foreach (var rate in new[] { entry.SourceRate, entry.TargetRate })
        {
            Add(spans, columns.Rate, CellText.PadLeft(rate is { } known ? LiveNumbers.FormatRate(known) : "", columns.Rate), LiveTone.Plain);
        }
    }

    private static void Add(List<LiveSpan> spans, int width, string text, LiveTone tone)
    {
        if (width > 0)
        {
            spans.Add(new(spans.Count == 0 ? text : new string(' ', LiveColumns.Gap) + text, tone));
        }
    }

    // Where the window is made narrower, what is not there does not wrap.
    private static LiveLine Trim(List<LiveSpan> spans)
    {
        while (spans is [.., var last])
        {
            var text = last.Text.TrimEnd(' ');
            if (text.Length == last.Text.Length && text.Length > 0)
            {
                break;
            }

            spans.RemoveAt(spans.Count - 1);
            if (text.Length > 0)
            {
                spans.Add(last with { Text = text });
            }
        }

        return new(spans);
    }

    private static (LiveTone Name, LiveTone Word) GetTones(LiveState state) => state switch
    {
        LiveState.Running => (LiveTone.Plain, LiveTone.Active),
        LiveState.Done => (LiveTone.Plain, LiveTone.Good),
        LiveState.Failed => (LiveTone.Plain, LiveTone.Bad),
        LiveState.Stopped => (LiveTone.Plain, LiveTone.Warning),
        _ => (LiveTone.Quiet, LiveTone.Quiet),
    };
}
