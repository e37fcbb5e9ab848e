using System.Globalization;

namespace BdSync.Cli.Output;

/// <summary>What can be shown where standard output goes.</summary>
internal sealed record TextStyle
{
    private const int DefaultWidth = 80;
    private const int DefaultHeight = 24;
    private const int MinWidth = 20;
    private const int MaxWidth = 1000;

    /// <summary>The characters of a line.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>The lines of the screen.</summary>
    public int Height { get; init; } = DefaultHeight;

    /// <summary>Whether more than ASCII can be shown.</summary>
    public bool IsUnicode { get; init; }

    /// <summary>Whether there are colours.</summary>
    public bool HasColours { get; init; }

    /// <summary>Whether the cursor can be moved back, to draw something again.</summary>
    public bool CanRedraw { get; init; }

    /// <summary>Finds out; anew each time, as windows change their size.</summary>
    public static TextStyle Detect() => Detect(Environment.GetEnvironmentVariable, TerminalSize.Get(TerminalSize.Output));

    /// <summary>What the environment says: COLUMNS wins over the window's width, NO_COLOR (with any value) and TERM=dumb leave colours out.</summary>
    /// <param name="getVariable">Gives a variable of the environment; null where it isn't set.</param>
    /// <param name="window">Columns and lines of the terminal, 0 where it doesn't know; null where standard output is none.</param>
    public static TextStyle Detect(Func<string, string?> getVariable, (int Width, int Height)? window)
    {
        var isScreen = window is not null && getVariable("TERM") is { Length: > 0 } and not "dumb";
        var width = int.TryParse(getVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 ? columns : window?.Width;
        return new()
        {
            Width = width is > 0 and var known ? Math.Clamp(known, MinWidth, MaxWidth) : DefaultWidth,
            Height = window is { Height: > 0 and var height } ? height : DefaultHeight,
            IsUnicode = TextEncoding.IsUtf8(getVariable),
            HasColours = isScreen && string.IsNullOrEmpty(getVariable("NO_COLOR")),
            CanRedraw = isScreen,
        };
    }

    /// <summary>Text of unknown origin, as it can be shown here.</summary>
    public string Show(string text) => PrintableText.From(text, IsUnicode);
}
