using System.Globalization;
using System.Text;

namespace BdSync.Cli.Output;

/// <summary>Text in cells of a terminal. Safe for several threads.</summary>
internal static class TableText
{
    /// <summary>
    /// What takes two cells, from and to: East Asian wide characters and emoji, in blocks (https://www.unicode.org/reports/tr11/).
    /// </summary>
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F),
        (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    /// <summary>Puts a question mark in place of all that could move the cursor, turn the direction of what follows, or do nothing that can be seen.</summary>
    public static string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            cleaned.Append(IsPrintable(rune) ? rune.ToString() : "?");
        }

        return cleaned.ToString();
    }

    /// <summary>How many cells a text takes that is clean.</summary>
    public static int GetWidth(string text) => text.EnumerateRunes().Sum(GetWidth);

    /// <summary>Cuts a text that takes more cells; a tilde at its end says so.</summary>
    /// <param name="text">The text, which must be clean.</param>
    /// <param name="width">How many cells there are: at least 1.</param>
    public static string Fit(string text, int width)
    {
        if (GetWidth(text) <= width)
        {
            return text;
        }

        var kept = new StringBuilder();
        var left = width - 1;
        foreach (var rune in text.EnumerateRunes())
        {
            left -= GetWidth(rune);
            if (left < 0)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.Append('~').ToString();
    }

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);

    private static int GetWidth(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
        : Array.Exists(Wide, block => rune.Value >= block.First && rune.Value <= block.Last) ? 2
        : 1;
}
