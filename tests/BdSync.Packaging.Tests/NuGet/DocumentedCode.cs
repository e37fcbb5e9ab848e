using System.Text.RegularExpressions;
using BdSync.TestUtilities;

namespace BdSync.Packaging.Tests.NuGet;

/// <summary>The code in a document for those who use the packages.</summary>
internal static partial class DocumentedCode
{
    /// <summary>The blocks of a language, as they stand there.</summary>
    /// <param name="document">The document, from the root of the tree.</param>
    /// <param name="language">The language that the blocks name.</param>
    public static IReadOnlyList<string> Read(string document, string language)
    {
        var text = File.ReadAllText(Path.Combine(TestEnvironment.SourceFolder, document));
        return [.. BlockPattern().Matches(text).Where(match => match.Groups["language"].Value == language).Select(match => match.Groups["code"].Value)];
    }

    /// <summary>Makes one program of blocks, each of which is a program: a function for each, and what has to stand above functions at the top.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="main">Calls the functions, Block0 and so on.</param>
    public static string Join(IReadOnlyList<string> blocks, string main)
    {
        var lines = blocks.Select(block => block.Split('\n')).ToList();
        var top = lines.SelectMany(block => block.Where(IsTop)).Distinct().OrderBy(line => line.StartsWith('[')).ThenBy(line => line, StringComparer.Ordinal);
        var functions = lines.Select((block, i) => $$"""

            static async Task Block{{i}}()
            {
            {{string.Join('\n', block.Where(line => !IsTop(line)))}}
            }
            """);
        return $"{string.Join('\n', top)}\n{main}\n{string.Join('\n', functions)}\n";
    }

    private static bool IsTop(string line) => line.StartsWith('[') || UsingPattern().IsMatch(line);

    [GeneratedRegex("^```(?<language>\\w+)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BlockPattern();

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex UsingPattern();
}
