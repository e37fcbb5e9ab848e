using System.Text;
using BdSync.Cli.Output;

namespace BdSync.Cli.Maps;

/// <summary>Lines at the end of a terminal that are drawn again and again. Other lines go above them. Safe for several threads.</summary>
/// <param name="write">Writes to the terminal.</param>
internal sealed class RedrawnText(Action<string> write)
{
    private const string ToEndOfLine = "\e[K";
    private const string ToEndOfScreen = "\e[J";

    private readonly Lock access = new();
    private IReadOnlyList<string> lines = [];

    /// <summary>Draws the lines in place of the last ones. None may be wider than the terminal.</summary>
    public void Draw(IReadOnlyList<string> newLines)
    {
        lock (access)
        {
            var text = new StringBuilder(GoBack());
            foreach (var line in newLines)
            {
                text.Append(line).Append(ToEndOfLine).Append('\n');
            }

            write(text.Append(newLines.Count < lines.Count ? ToEndOfScreen : "").ToString());
            lines = newLines;
        }
    }

    /// <summary>Takes the lines away.</summary>
    public void Clear()
    {
        lock (access)
        {
            write(GoBack() + (lines.Count > 0 ? ToEndOfScreen : ""));
            lines = [];
        }
    }

    /// <summary>Says something on standard error, above the lines.</summary>
    public void WriteError(string message)
    {
        lock (access)
        {
            var shown = lines;
            Clear();
            StandardError.WriteLine(message);
            Draw(shown);
        }
    }

    private string GoBack() => lines.Count > 0 ? $"\e[{lines.Count}A\r" : "";
}
