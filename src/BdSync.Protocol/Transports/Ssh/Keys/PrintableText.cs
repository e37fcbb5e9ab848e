namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>Text of files and agents, made fit for a message: a terminal obeys what doesn't print.</summary>
internal static class PrintableText
{
    private const int LengthMax = 100;

    /// <summary>At most 100 characters, with a question mark for each that doesn't print.</summary>
    public static string Shorten(string text)
    {
        var printable = string.Concat(text.Take(LengthMax).Select(character => char.IsControl(character) || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.Format ? '?' : character));
        return text.Length > LengthMax ? printable + "…" : printable;
    }
}
