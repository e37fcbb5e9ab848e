using System.Text;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>
/// The words behind a keyword, as OpenSSH has split them since 8.7: at blanks; a part in '…' or "…" keeps its blanks, a \ before a
/// quotation mark or another \ takes it as it is, and before a space outside of quotation marks, too; a word that begins with # ends the line.
/// </summary>
internal static class SshConfigurationWords
{
    /// <summary>Splits a text.</summary>
    /// <returns>The words without their quotation marks; null where a quotation mark has no end.</returns>
    public static IReadOnlyList<string>? Split(string text)
    {
        List<string> words = [];
        var index = 0;
        while (true)
        {
            while (index < text.Length && text[index] is ' ' or '\t')
            {
                index++;
            }

            if (index >= text.Length || text[index] == '#')
            {
                return words;
            }

            if (ReadWord(text, ref index) is not { } word)
            {
                return null;
            }

            words.Add(word);
        }
    }

    /// <summary>Writes a word so that <see cref="Split"/> gives it back as it is: a path with spaces, for instance.</summary>
    public static string Quote(string word) =>
        $"\"{word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string? ReadWord(string text, ref int index)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '\\' && index + 1 < text.Length && (text[index + 1] is '\'' or '"' or '\\' || (quote == '\0' && text[index + 1] == ' ')))
            {
                word.Append(text[++index]);
            }
            else if (quote == '\0' && character is ' ' or '\t')
            {
                break;
            }
            else if (quote == '\0' && character is '"' or '\'')
            {
                quote = character;
            }
            else if (quote != '\0' && character == quote)
            {
                quote = '\0';
            }
            else
            {
                word.Append(character);
            }
        }

        return quote == '\0' ? word.ToString() : null;
    }
}
