using System.Text;
using BdSync.Cli.CommandLine;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>
/// A shell script with places for words: it writes the script, and recognises what it has written. <c>{path}</c> is a path, <c>{word}</c> one word,
/// <c>{words}</c> any number of words, with a blank before each.
/// </summary>
internal sealed class ScriptTemplate
{
    private const string Path = "{path}", Word = "{word}", Words = "{words}";

    private readonly List<string> parts = [];

    public ScriptTemplate(string text)
    {
        for (var rest = text; rest.Length > 0;)
        {
            var place = new[] { Path, Word, Words }.Where(name => rest.Contains(name, StringComparison.Ordinal)).MinBy(name => rest.IndexOf(name, StringComparison.Ordinal));
            var length = place is null ? rest.Length : rest.IndexOf(place, StringComparison.Ordinal);
            parts.Add(rest[..length]);
            rest = rest[length..];
            if (place is not null)
            {
                parts.Add(place);
                rest = rest[place.Length..];
            }
        }
    }

    /// <summary>Writes the script.</summary>
    /// <param name="values">For each place, in their order: a text, or texts where there may be any number.</param>
    public string Write(params object[] values)
    {
        var rest = new Queue<object>(values);
        var script = new StringBuilder();
        foreach (var part in parts)
        {
            script.Append(part switch
            {
                Path => ShellWord.QuotePath((string)rest.Dequeue()),
                Word => ShellWord.Quote((string)rest.Dequeue()),
                Words => string.Concat(((string[])rest.Dequeue()).Select(word => $" {ShellWord.Quote(word)}")),
                _ => part,
            });
        }

        return script.ToString();
    }

    /// <summary>Finds out whether a text is this script, with which values.</summary>
    /// <returns>What <see cref="Write"/> makes this very text of; null where there is nothing of the kind.</returns>
    public object[]? Read(string script)
    {
        var text = script.AsSpan();
        List<object> values = [];
        foreach (var part in parts)
        {
            if (part is Path or Word)
            {
                if (ShellWord.Read(ref text) is not { } word)
                {
                    return null;
                }

                values.Add(word);
            }
            else if (part == Words)
            {
                values.Add(ReadWords(ref text));
            }
            else if (text.StartsWith(part, StringComparison.Ordinal))
            {
                text = text[part.Length..];
            }
            else
            {
                return null;
            }
        }

        object[] result = [.. values];
        return text.IsEmpty && IsWrittenFrom(result, script) ? result : null;
    }

    // A word with a NUL can't be written.
    private bool IsWrittenFrom(object[] values, string script) => !script.Contains('\0', StringComparison.Ordinal) && Write(values) == script;

    private static string[] ReadWords(ref ReadOnlySpan<char> text)
    {
        List<string> words = [];
        while (text.StartsWith(" "))
        {
            var rest = text[1..];
            if (ShellWord.Read(ref rest) is not { } word)
            {
                break;
            }

            words.Add(word);
            text = rest;
        }

        return [.. words];
    }
}
