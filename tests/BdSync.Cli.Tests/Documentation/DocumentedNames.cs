using System.Text.RegularExpressions;

namespace BdSync.Cli.Tests.Documentation;

/// <summary>Finds options, keys and numbers in what is written of them.</summary>
internal static partial class DocumentedNames
{
    /// <summary>Options in text, with their dashes.</summary>
    public static IReadOnlySet<string> FindOptions(string text) => Option().Matches(text).Select(match => match.Value).ToHashSet();

    /// <summary>What is in backquotes.</summary>
    public static string FindCode(string text) => string.Join('\n', Code().Matches(text).Select(match => match.Value));

    /// <summary>The first cells of the rows of tables, one a line; headers and lines between are left out.</summary>
    public static IReadOnlyList<string> FindFirstCells(string text) =>
        [.. TableRow().Matches(text).Select(match => match.Groups["cell"].Value.Trim()).Where(cell => cell.Length > 0 && cell.Trim('-').Length > 0)];

    /// <summary>The first cells of the tables that are headed so.</summary>
    public static IReadOnlyList<string> FindFirstCells(string text, string heading) =>
        [.. Table().Matches(text).Select(match => FindFirstCells(match.Value)).Where(cells => cells is [var first, ..] && first == heading).SelectMany(cells => cells.Skip(1))];

    /// <summary>The terms of definition lists of a manual page, without what makes them bold or escapes them.</summary>
    public static IReadOnlyList<string> FindTerms(string text) =>
        [.. Term().Matches(text).Select(match => Markup().Replace(match.Groups["term"].Value, ""))];

    [GeneratedRegex(@"(?<![\w-])--?[a-zA-Z?][\w-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"(?:^\|.*(?:\n|\z))+", RegexOptions.Multiline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\|(?<cell>(?:[^|\\\n]|\\.)*)\|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^(?<term>\S.*)\n:   ", RegexOptions.Multiline)]
    private static partial Regex Term();

    [GeneratedRegex(@"\*|\\(?=[^\w\s])")]
    private static partial Regex Markup();
}
