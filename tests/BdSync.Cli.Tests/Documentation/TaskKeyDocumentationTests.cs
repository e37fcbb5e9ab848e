using System.Text.RegularExpressions;
using BdSync.Cli.Tasks.Configuration;

namespace BdSync.Cli.Tests.Documentation;

/// <summary>The keys of a task file are described, each once, and no others.</summary>
public partial class TaskKeyDocumentationTests
{
    private static readonly string[] Keys = [.. TaskKeys.OfTask.Concat(TaskKeys.OfRun).Order()];

    [Fact]
    public void Every_key_that_is_named_in_the_program_is_listed()
    {
        var constants = typeof(TaskKeys).GetFields().Where(field => field is { IsLiteral: true, IsPublic: true } && field.FieldType == typeof(string)).Select(field => (string)field.GetRawConstantValue()!);
        Assert.Equal(constants.Order(), Keys);
    }

    [Fact]
    public void Documentation_has_the_keys()
    {
        var cells = DocumentedNames.FindFirstCells(MarkdownPage.Read("docs/tasks.md").GetSection("Keys")).Where(cell => !cell.Contains("--", StringComparison.Ordinal));
        Assert.Equal(Keys, cells.SelectMany(cell => Key().Matches(DocumentedNames.FindCode(cell)).Select(match => match.Value)).Order());
    }

    [Fact]
    public void Manual_page_has_the_keys()
    {
        var terms = DocumentedNames.FindTerms(MarkdownPage.Read("docs/man/bdsync.conf.5.md").GetSection("KEYS"));
        Assert.Equal(Keys, terms.SelectMany(term => Key().Matches(term).Select(match => match.Value)).Order());
    }

    [GeneratedRegex("[a-z_]+")]
    private static partial Regex Key();
}
