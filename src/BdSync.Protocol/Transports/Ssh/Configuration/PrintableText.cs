namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>Sentences that quote what a file or a command line has: for a terminal, which must not be told anything by it.</summary>
internal static class PrintableText
{
    /// <summary>The longest sentence, in characters: a value may fill a line of <see cref="ConfigurationFile.MaxLineLength"/>.</summary>
    public const int MaxLength = 1000;

    /// <summary>How much of its end is kept: what to do stands there.</summary>
    private const int EndLength = 300;

    /// <summary>The sentence, with a ? for each control character, and its middle left out if it is too long.</summary>
    public static string From(string text)
    {
        var printable = string.Create(text.Length, text, static (characters, source) =>
        {
            for (var index = 0; index < characters.Length; index++)
            {
                characters[index] = char.IsControl(source[index]) ? '?' : source[index];
            }
        });
        return printable.Length <= MaxLength ? printable : $"{printable[..(MaxLength - EndLength - 1)]}…{printable[^EndLength..]}";
    }
}
