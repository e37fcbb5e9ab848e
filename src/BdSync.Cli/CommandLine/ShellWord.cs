using System.Buffers;
using System.Text;
using BdSync.Cli.Tasks;

namespace BdSync.Cli.CommandLine;

/// <summary>Words of a command line that a POSIX shell reads: whatever is in them, it takes them as they are.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./,:@%+");

    private static readonly SearchValues<char> UserName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Quotes a word, unless it is plainly safe.</summary>
    /// <exception cref="TaskException">A NUL is in it: no program can be given that.</exception>
    public static string Quote(string word)
    {
        if (word.Contains('\0'))
        {
            throw new TaskException($"'{word.Replace('\0', '?')}' has a NUL in it, which no path and no argument can have.");
        }

        // An equals sign in front would make an assignment of a command's name.
        var value = word.AsSpan(word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=') + 1 : 0);
        var isPlain = word.Length > 0 && !value.ContainsAnyExcept(Plain) && !word.AsSpan(0, word.Length - value.Length).TrimEnd('=').ContainsAnyExcept(Plain);
        return isPlain ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    /// <summary>Quotes a path: one that starts with a dash can't be taken for an option; <c>~/</c> and <c>~user/</c> in front stay the home that they mean.</summary>
    public static string QuotePath(string path)
    {
        if (path.StartsWith('-'))
        {
            return Quote("./" + path);
        }

        var home = GetHomeLength(path);
        return home > 0 && home == path.Length ? path : path[..home] + Quote(path[home..]);
    }

    /// <summary>Reads a word that <see cref="Quote"/> may have written, up to the first character that stands for more than itself.</summary>
    /// <param name="text">Where it starts; what comes behind it is left there.</param>
    /// <returns>The word; null where there is none, or a quote isn't closed.</returns>
    public static string? Read(ref ReadOnlySpan<char> text)
    {
        var word = new StringBuilder();
        var rest = text;
        while (rest.Length > 0)
        {
            if (rest[0] == '\'' && rest[1..].IndexOf('\'') is >= 0 and var length)
            {
                word.Append(rest.Slice(1, length));
                rest = rest[(length + 2)..];
            }
            else if (rest.StartsWith(@"\'"))
            {
                word.Append('\'');
                rest = rest[2..];
            }
            else if (Plain.Contains(rest[0]) || rest[0] == '=')
            {
                word.Append(rest[0]);
                rest = rest[1..];
            }
            else
            {
                break;
            }
        }

        var isThere = rest.Length < text.Length && !rest.StartsWith("'");
        text = rest;
        return isThere ? word.ToString() : null;
    }

    /// <summary>A command line that has sh execute a script, whatever shell reads the line.</summary>
    public static string Script(string text) => $"sh -c {Quote(text)}";

    // With the slash behind it; 0 for none.
    private static int GetHomeLength(string path)
    {
        if (!path.StartsWith('~'))
        {
            return 0;
        }

        var end = path.IndexOf('/');
        var name = path.AsSpan(1, (end < 0 ? path.Length : end) - 1);
        return name.ContainsAnyExcept(UserName) ? 0 : end < 0 ? path.Length : end + 1;
    }
}
