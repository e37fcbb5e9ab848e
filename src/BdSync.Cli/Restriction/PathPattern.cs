using System.IO.Enumeration;
using BdSync.Cli.CommandLine;

namespace BdSync.Cli.Restriction;

/// <summary>Which paths are allowed: an absolute path where <c>*</c> and <c>?</c> stand for characters of one name, and not for a dot in front.</summary>
internal sealed class PathPattern
{
    private readonly string[] names;

    private PathPattern(string[] names) => this.names = names;

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="UsageException">It is no plain absolute path.</exception>
    public static PathPattern Parse(string text) =>
        PlainPath.IsValid(text) && !text.Contains('\\', StringComparison.Ordinal)
            ? new(text[1..].Split('/'))
            : throw new UsageException($"'{text}' is no pattern: absolute paths are allowed, without '//', '.', '..', a backslash, or a slash at the end.");

    /// <summary>Whether it stands for a path.</summary>
    /// <param name="path">A <see cref="PlainPath"/>.</param>
    public bool IsMatch(string path)
    {
        var parts = path[1..].Split('/');
        return parts.Length == names.Length && names.Zip(parts).All(pair => IsMatch(pair.First, pair.Second));
    }

    private static bool IsMatch(string pattern, string name) =>
        (!name.StartsWith('.') || pattern.StartsWith('.')) && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
