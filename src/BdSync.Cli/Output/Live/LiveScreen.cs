using Spectre.Console;

namespace BdSync.Cli.Output.Live;

/// <summary>
/// Draws lines at the bottom of what a terminal shows, over those that it drew before. The cursor is left at the beginning of the line below, and stays visible: whatever ends the program, or is
/// written by another one, finds the terminal as it should be. Not safe for several threads.
/// </summary>
/// <param name="terminal">The terminal.</param>
/// <param name="traits">What it can do.</param>
internal sealed class LiveScreen(ILiveTerminal terminal, TerminalTraits traits)
{
    private static readonly Style[] Styles = MakeStyles();

    private readonly AnsiCapabilities capabilities = new() { Ansi = true, ColorSystem = traits.HasColors ? ColorSystem.Standard : ColorSystem.NoColors };
    private IReadOnlyList<LiveLine> drawn = [];
    private LiveSize drawnSize;

    public LiveSize Size => terminal.Size;

    /// <summary>Whether nobody is disturbed by what is drawn now.</summary>
    public bool IsFree => terminal.IsFree;

    /// <summary>Draws lines in the place of those that are there; costs nothing where they are the same.</summary>
    /// <param name="lines">Fewer than the terminal has, and none as wide.</param>
    public void Draw(IReadOnlyList<LiveLine> lines)
    {
        var size = terminal.Size;
        if (size != drawnSize || !lines.SequenceEqual(drawn))
        {
            Write(writer =>
            {
                MoveToTop(writer, size);
                if (size != drawnSize)
                {
                    // Overwritten alone, a line that was wrapped would be joined with the next one when the window is made wider again.
                    writer.EraseInDisplay(0);
                }

                WriteLines(writer, lines);
                writer.EraseInDisplay(0);
            });
            (drawn, drawnSize) = (lines, size);
        }
    }

    /// <summary>Writes a message above the lines.</summary>
    /// <param name="message">Text that prints; may have line ends.</param>
    public void Print(string message)
    {
        var size = terminal.Size;
        var isStale = size != drawnSize;
        Write(writer =>
        {
            MoveToTop(writer, size);
            writer.EraseInDisplay(0);
            writer.Write(message + "\n");
            if (!isStale)
            {
                WriteLines(writer, drawn);
            }
        });
        if (isStale)
        {
            Forget();
        }
    }

    /// <summary>Writes a message where the cursor is: another one has the terminal.</summary>
    public void PrintPlain(string message)
    {
        terminal.Write(message + "\n");
        Forget();
    }

    /// <summary>Removes the lines.</summary>
    public void Clear()
    {
        if (drawn.Count > 0)
        {
            Write(writer =>
            {
                MoveToTop(writer, terminal.Size);
                writer.EraseInDisplay(0);
            });
        }

        Forget();
    }

    /// <summary>Leaves the lines where they are: what is drawn next comes below whatever is there.</summary>
    public void Forget() => (drawn, drawnSize) = ([], default);

    private void Write(Action<AnsiWriter> write)
    {
        using var text = new StringWriter();
        write(new(text, capabilities));
        terminal.Write(text.ToString());
    }

    private void MoveToTop(AnsiWriter writer, LiveSize size)
    {
        writer.Write("\r");
        var height = drawn.Sum(line => traits.Reflows ? Math.Max(1, (line.Width + size.Width - 1) / size.Width) : 1);
        if (height > 0)
        {
            writer.CursorUp(Math.Min(height, Math.Max(1, size.Height - 1)));
        }
    }

    private static void WriteLines(AnsiWriter writer, IReadOnlyList<LiveLine> lines)
    {
        foreach (var line in lines)
        {
            foreach (var span in line.Spans)
            {
                writer.Write(span.Text, Styles[(int)span.Tone]);
            }

            writer.EraseInLine(0);
            writer.Write("\n");
        }
    }

    private static Style[] MakeStyles()
    {
        var styles = new Style[Enum.GetValues<LiveTone>().Length];
        styles[(int)LiveTone.Plain] = Style.Plain;
        styles[(int)LiveTone.Quiet] = new(Color.Grey);
        styles[(int)LiveTone.Active] = new(Color.Teal);
        styles[(int)LiveTone.Good] = new(Color.Green);
        styles[(int)LiveTone.Warning] = new(Color.Olive);
        styles[(int)LiveTone.Bad] = new(Color.Red);
        return styles;
    }
}
