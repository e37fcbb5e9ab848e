namespace BdSync.Cli.Output.Live;

/// <summary>What a terminal can do, as far as the environment says.</summary>
internal sealed record TerminalTraits
{
    /// <summary>Whether it can move its cursor: not where TERM is missing or <c>dumb</c>.</summary>
    public bool MovesCursor { get; init; } = true;

    /// <summary>Whether colours are wanted: NO_COLOR says no (no-color.org).</summary>
    public bool HasColors { get; init; } = true;

    /// <summary>Whether other letters than ASCII's are shown: whether the locale's are UTF-8.</summary>
    public bool IsUtf8 { get; init; } = true;

    /// <summary>Whether lines that are there are wrapped anew where the window is made narrower. Most terminals do so; xterm, Linux's console and screen cut them.</summary>
    public bool Reflows { get; init; } = true;

    public LiveGlyphs Glyphs => IsUtf8 ? LiveGlyphs.Unicode : LiveGlyphs.Ascii;

    /// <summary>Reads the environment.</summary>
    /// <param name="get">Gets a variable; null or empty for one that isn't set.</param>
    public static TerminalTraits Read(Func<string, string?> get)
    {
        var type = get("TERM") ?? "";
        return new()
        {
            MovesCursor = type is not ("" or "dumb"),
            HasColors = string.IsNullOrEmpty(get("NO_COLOR")),
            IsUtf8 = TextEncoding.IsUtf8(get),
            Reflows = string.IsNullOrEmpty(get("XTERM_VERSION")) && !type.StartsWith("linux", StringComparison.Ordinal)
                && (!type.StartsWith("screen", StringComparison.Ordinal) || !string.IsNullOrEmpty(get("TMUX"))),
        };
    }
}
