using System.Globalization;
using System.Text;
using Spectre.Console;

namespace BdSync.Cli.Output;

/// <summary>Text in the columns of a terminal, where a letter may take none, one or two.</summary>
internal static class CellText
{
    /// <summary>How much of a text is looked at, in UTF-16 units: more than any terminal shows.</summary>
    private const int MaxLength = 1024;

    /// <summary>
    /// Leaves out what does not print or moves other text: control characters, those that only format (the direction of writing, joiners), variants, halves of
    /// characters. A line end becomes a blank.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="isAscii">Whether other letters than ASCII's become question marks.</param>
    public static string Clean(string text, bool isAscii)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, MaxLength)).EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                clean.Append(' ');
            }
            else if (Prints(rune))
            {
                clean.Append(isAscii && !rune.IsAscii ? "?" : rune.ToString());
            }
        }

        return clean.ToString();
    }

    /// <summary>How many columns it takes.</summary>
    public static int Measure(string text) => text.GetCellWidth();

    /// <summary>Cuts the end off where it is too wide.</summary>
    public static string CutEnd(string text, int width, string ellipsis)
    {
        if (Measure(text) <= width)
        {
            return text;
        }

        var room = width - Measure(ellipsis);
        return room < 1 ? Take(Split(text), width) : Take(Split(text), room) + ellipsis;
    }

    /// <summary>Cuts a part out of the middle where it is too wide: names that a template made differ at either end.</summary>
    public static string CutMiddle(string text, int width, string ellipsis)
    {
        var room = width - Measure(ellipsis);
        if (Measure(text) <= width || room < 2)
        {
            return CutEnd(text, width, ellipsis);
        }

        var elements = Split(text);
        var head = Take(elements, (room + 1) / 2);
        elements.Reverse();
        var tail = Split(Take(elements, room - Measure(head)));
        tail.Reverse();
        return head + ellipsis + string.Concat(tail);
    }

    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(0, width - Measure(text)));

    public static string PadLeft(string text, int width) => new string(' ', Math.Max(0, width - Measure(text))) + text;

    private static bool Prints(Rune rune) =>
        rune != Rune.ReplacementChar && rune.Value is not (>= 0xFE00 and <= 0xFE0F)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static List<string> Split(string text)
    {
        List<string> elements = [];
        var enumerator = StringInfo.GetTextElementEnumerator(text);
        while (enumerator.MoveNext())
        {
            elements.Add(enumerator.GetTextElement());
        }

        return elements;
    }

    private static string Take(List<string> elements, int width)
    {
        var taken = new StringBuilder();
        foreach (var element in elements)
        {
            width -= Measure(element);
            if (width < 0)
            {
                break;
            }

            taken.Append(element);
        }

        return taken.ToString();
    }
}
