using BdSync.Cli.CommandLine;
using BdSync.Cli.CommandLine.Completion;

namespace BdSync.Cli.Tests.Documentation;

/// <summary>The options of the C tool's command line, wherever they are written down.</summary>
public class StockOptionDocumentationTests
{
    private static readonly string[] Options =
    [
        .. StockCommandLine.Definitions.SelectMany(definition => definition.ShortName is { } letter ? [$"--{definition.Name}", $"-{letter}"] : new[] { $"--{definition.Name}" }).Order(),
    ];

    [Fact]
    public void Help_has_them()
    {
        var lines = Usage.Text[Usage.Text.IndexOf("Comparing:", StringComparison.Ordinal)..].Split('\n').Where(line => line.TrimStart().StartsWith('-'));
        Assert.Equal(Options, lines.SelectMany(line => DocumentedNames.FindOptions(line.Trim().Split("  ")[0])).Distinct().Order());
    }

    [Fact]
    public void Help_describes_them()
    {
        var descriptions = UsageDescriptions.Find(Usage.Text);
        Assert.All(StockCommandLine.Definitions, definition => Assert.NotEmpty(descriptions.GetValueOrDefault(definition.Name, "")));
    }

    [Fact]
    public void Manual_page_has_them()
    {
        var page = MarkdownPage.Read("docs/man/bdsync.1.md");
        Assert.Equal(Options, DocumentedNames.FindTerms(page.GetSection("OPTIONS")).SelectMany(DocumentedNames.FindOptions).Distinct().Order());
    }

    [Fact]
    public void Documentation_has_them()
    {
        var page = MarkdownPage.Read("docs/command-line.md");
        Assert.Equal(Options, GetTableOptions(page.GetSection("Options")).Distinct().Order());
    }

    [Theory]
    [InlineData("docs/man/bdsync.1.md", "OPTIONS")]
    [InlineData("docs/command-line.md", "Options")]
    public void None_is_described_twice(string path, string section)
    {
        var text = MarkdownPage.Read(path).GetSection(section);
        var letters = DocumentedNames.FindTerms(text).Concat(DocumentedNames.FindFirstCells(text)).SelectMany(DocumentedNames.FindOptions).Where(option => option.Length == 2);
        Assert.All(letters.GroupBy(letter => letter), group => Assert.Single(group));
    }

    [Fact]
    public void Options_that_cannot_be_abbreviated_are_named()
    {
        var extensions = StockCommandLine.Definitions.Where(definition => definition.Extension).Select(definition => $"`--{definition.Name}`");
        var paragraph = MarkdownPage.Read("docs/command-line.md").Text.Split("\n\n").Single(text => text.Contains("can't be abbreviated", StringComparison.Ordinal));
        Assert.All(extensions, extension => Assert.Contains(extension, paragraph));
    }

    private static IEnumerable<string> GetTableOptions(string section) => DocumentedNames.FindFirstCells(section).SelectMany(DocumentedNames.FindOptions);
}
