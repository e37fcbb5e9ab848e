namespace BdSync.Cli.Output.Live;

/// <summary>What a view is drawn with.</summary>
/// <param name="Full">What is done of a bar.</param>
/// <param name="Empty">What is left of it.</param>
/// <param name="Ellipsis">Stands for what was cut out.</param>
/// <param name="IsAscii">Whether nothing but ASCII may be written.</param>
internal sealed record LiveGlyphs(char Full, char Empty, string Ellipsis, bool IsAscii)
{
    /// <summary>The letters are in the fonts of old consoles, too: they are of code page 437, but for the ellipsis.</summary>
    public static LiveGlyphs Unicode { get; } = new('█', '░', "…", IsAscii: false);

    public static LiveGlyphs Ascii { get; } = new('#', '.', "..", IsAscii: true);

    /// <summary>Draws a bar.</summary>
    /// <param name="fraction">How much is done, from 0 to 1; what lies outside counts as the nearer of these.</param>
    /// <param name="width">Its width in columns.</param>
    /// <returns>What is done of it, and what is left.</returns>
    public (string Done, string Left) DrawBar(double fraction, int width)
    {
        var done = (int)(Math.Clamp(fraction, 0, 1) * width);
        return (new(Full, done), new(Empty, width - done));
    }
}
