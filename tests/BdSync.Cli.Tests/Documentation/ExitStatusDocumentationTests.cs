using System.Text.RegularExpressions;
using BdSync.Cli.CommandLine;
using BdSync.Cli.CommandLine.Subcommands;
using BdSync.Cli.Tasks.Running;
using BdSync.Protocol;

namespace BdSync.Cli.Tests.Documentation;

/// <summary>The exit statuses are documented, each once, and no others.</summary>
public partial class ExitStatusDocumentationTests
{
    private const int Fault = 70;
    private const int FirstSignal = 128;

    private static readonly int[] OfProgram = [.. Enum.GetValues<BdSyncExitStatus>().Select(status => (int)status).Append(Fault).Append(FirstSignal).Order()];

    private static readonly int[] OfRun = [.. Enum.GetValues<RunExitStatus>().Select(status => (int)status)];

    public static TheoryData<string> Subcommands => [.. SubcommandLine.Names];

    [Fact]
    public void Documentation_has_those_of_the_program() => Assert.Equal(OfProgram, FindInTable("docs/command-line.md", "What scripts can rely on"));

    [Fact]
    public void Manual_page_has_those_of_the_program() => Assert.Equal(OfProgram, FindTerms("docs/man/bdsync.1.md"));

    [Fact]
    public void Help_has_those_of_the_program()
    {
        var text = Usage.Text[Usage.Text.IndexOf("Exit status:", StringComparison.Ordinal)..];
        Assert.Equal(OfProgram, Number().Matches(text).Select(match => int.Parse(match.Value)));
    }

    [Fact]
    public void Documentation_has_those_of_a_run() => Assert.Equal(OfRun, FindInTable("docs/tasks.md", "Exit status"));

    [Fact]
    public void Manual_page_has_those_of_a_run() => Assert.Equal(OfRun, FindTerms("docs/man/bdsync-run.1.md"));

    [Theory]
    [MemberData(nameof(Subcommands))]
    public void Manual_page_of_a_subcommand_has_no_others(string name)
    {
        var statuses = FindTerms($"docs/man/bdsync-{name}.1.md");
        Assert.NotEmpty(statuses);
        Assert.Distinct(statuses);
        Assert.Empty(statuses.Except([.. OfProgram, .. OfRun]));
    }

    private static List<int> FindInTable(string path, string section) =>
        [.. DocumentedNames.FindFirstCells(MarkdownPage.Read(path).GetSection(section)).Where(cell => char.IsAsciiDigit(cell[0])).Select(cell => int.Parse(cell.Split(' ')[0]))];

    private static List<int> FindTerms(string path) =>
        [.. DocumentedNames.FindTerms(MarkdownPage.Read(path).GetSection("EXIT STATUS")).Select(term => int.Parse(term.Split(' ')[0]))];

    [GeneratedRegex(@"\b\d+\b")]
    private static partial Regex Number();
}
