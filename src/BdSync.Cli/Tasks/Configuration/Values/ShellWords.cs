using System.Text;

namespace BdSync.Cli.Tasks.Configuration.Values;

/// <summary>Words as a POSIX shell takes them apart, without its substitutions: Python's <c>shlex.split</c>.</summary>
internal static class ShellWords
{
    private const string Blanks = " \t\r\n";

    /// <summary>Splits at blanks, tabs and line ends; quotes and backslashes keep them, and vanish.</summary>
    /// <exception cref="ConfigurationException">A quote is not closed, or nothing follows a backslash.</exception>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> words = [];
        StringBuilder? word = null;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (Blanks.Contains(character, StringComparison.Ordinal))
            {
                Close();
                continue;
            }

            word ??= new();
            switch (character)
            {
                case '\'':
                    var end = text.IndexOf('\'', index + 1);
                    Refuse(end < 0, text, "a ' that is not closed");
                    word.Append(text, index + 1, end - index - 1);
                    index = end;
                    break;
                case '"':
                    index = AppendDoubleQuoted(text, index + 1, word);
                    break;
                case '\\':
                    index++;
                    Refuse(index == text.Length, text, "a \\ with nothing behind it");
                    word.Append(text[index]);
                    break;
                default:
                    word.Append(character);
                    break;
            }
        }

        Close();
        return words;

        void Close()
        {
            if (word is not null)
            {
                words.Add(word.ToString());
                word = null;
            }
        }
    }

    // A backslash protects only what has a meaning in here.
    private static int AppendDoubleQuoted(string text, int index, StringBuilder word)
    {
        for (; ; index++)
        {
            Refuse(index >= text.Length, text, "a \" that is not closed");
            if (text[index] == '"')
            {
                return index;
            }

            if (text[index] == '\\' && index + 1 < text.Length && text[index + 1] is '"' or '\\')
            {
                index++;
            }

            word.Append(text[index]);
        }
    }

    private static void Refuse(bool condition, string text, string what)
    {
        if (condition)
        {
            throw new ConfigurationException($"{Finding.Quote(text)} has {what}.");
        }
    }
}
