using System.Globalization;
using System.Text;

namespace BdSync.Cli.Output;

/// <summary>
/// Text of unknown origin as it may be shown: what does not print, controls a terminal, or turns the direction of writing is shown by its
/// number, such as <c>\u{1B}</c>. That leaves nothing that XML forbids, either.
/// </summary>
internal static class PrintableText
{
    /// <summary>How many characters are shown of one text; names in patches may have 16384.</summary>
    public const int MaxLength = 300;

    /// <summary>Makes it printable; what is too long is cut, and its end says so.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isUnicode">Whether more than ASCII can be shown.</param>
    /// <param name="maxLength">How many characters are shown, about.</param>
    public static string From(string text, bool isUnicode = true, int maxLength = MaxLength)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (result.Length >= maxLength)
            {
                return result.Append(CultureInfo.InvariantCulture, $"... ({text.Length} characters)").ToString();
            }

            if (IsPrintable(rune) && (isUnicode || rune.IsAscii))
            {
                result.Append(rune);
            }
            else
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
        }

        return result.ToString();
    }

    /// <summary>Whether all of a text is shown as it is.</summary>
    public static bool IsPrintable(string text) => text.EnumerateRunes().All(IsPrintable);

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
