using System.CommandLine;
using System.CommandLine.Help;
using BdSync.Cli.CommandLine;
using BdSync.Cli.CommandLine.Subcommands;

namespace BdSync.Cli.Tests.Documentation;

/// <summary>Each subcommand, in its own help, in its manual page and in the documentation: no option is missing, and none is made up.</summary>
public class SubcommandDocumentationTests
{
    /// <summary>The page that describes a subcommand, and its section there; null for all of it. A new subcommand without an entry is looked for in command-line.md, in a section of its name.</summary>
    private static readonly Dictionary<string, (string Path, string? Section)> Pages = new()
    {
        ["run"] = ("docs/tasks.md", null),
        ["tasks"] = ("docs/tasks.md", null),
        ["verify"] = ("docs/verify.md", null),
        ["inspect"] = ("docs/inspect.md", "Options"),
        ["map"] = ("docs/inspect.md", "Options"),
        ["history"] = ("docs/reports.md", "History"),
    };

    public static TheoryData<string> Names => [.. SubcommandLine.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Help_has_its_options(string name)
    {
        using var interruption = new Interruption();
        var root = new RootCommand { SubcommandLine.Create(name, interruption)! };
        using var output = new StringWriter();
        var status = root.Parse([name, "--help"]).Invoke(new InvocationConfiguration { Output = output });

        Assert.Equal(0, status);
        var help = DocumentedNames.FindOptions(output.ToString());

        // It says in a word that the C tool's short forms are taken, too.
        var isComparison = SubcommandLine.ListComparisonOptions(name).Count > 0;
        Assert.All(ListOptions(name).Where(option => option.Length > 2 || !isComparison), option => Assert.Contains(option, help));
        Assert.All(root.Subcommands[0].Options, option => Assert.False(string.IsNullOrEmpty(option.Description), $"{option.Name} of {name} has no description."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Manual_page_has_its_options(string name)
    {
        var path = $"docs/man/bdsync-{name}.1.md";
        var documented = DocumentedNames.FindTerms(MarkdownPage.Read(path).GetSection("OPTIONS")).SelectMany(DocumentedNames.FindOptions).ToHashSet();
        AssertSame(ListOptions(name), documented, $"bdsync {name}", path);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Documentation_has_its_options(string name)
    {
        var (path, section) = GetPage(name);
        var described = FindInTables(path, section);
        if (described.Count == 0)
        {
            described = DocumentedNames.FindOptions(DocumentedNames.FindCode(GetText(path, section)));
        }

        // Short forms of the C tool's options are described with these.
        var isComparison = SubcommandLine.ListComparisonOptions(name).Count > 0;
        Assert.All(ListOptions(name).Where(option => IsNotHelp(option) && (option.Length > 2 || !isComparison)), option => Assert.True(described.Contains(option), $"{path} doesn't describe {option} of bdsync {name}."));
    }

    [Fact]
    public void Documentation_has_no_others()
    {
        foreach (var name in SubcommandLine.Names)
        {
            var (path, section) = GetPage(name);
            var known = SubcommandLine.Names.Where(other => GetPage(other).Path == path).SelectMany(ListOptions).ToHashSet();
            Assert.All(FindInTables(path, section), option => Assert.True(known.Contains(option), $"{path} describes {option}, which bdsync {name} doesn't have."));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Usage_and_command_line_page_name_it(string name)
    {
        Assert.Contains($"  bdsync {name} ", Usage.Text);
        Assert.Contains($"bdsync {name}", File.ReadAllText(Path.Combine(TestUtilities.TestEnvironment.SourceFolder, "docs/command-line.md")));
    }

    [Fact]
    public void Every_manual_page_is_of_a_command()
    {
        string[] expected = ["bdsync.1.md", "bdsync.conf.5.md", .. SubcommandLine.Names.Select(name => $"bdsync-{name}.1.md")];
        var pages = Directory.EnumerateFiles(Path.Combine(TestUtilities.TestEnvironment.SourceFolder, "docs/man"), "*.md").Select(path => Path.GetFileName(path)!);
        Assert.Equal(expected.Order(), pages.Order());
    }

    private static (string Path, string? Section) GetPage(string name) => Pages.GetValueOrDefault(name, ("docs/command-line.md", $"bdsync {name}"));

    private static IReadOnlySet<string> FindInTables(string path, string? section) =>
        DocumentedNames.FindOptions(DocumentedNames.FindCode(string.Join('\n', DocumentedNames.FindFirstCells(GetText(path, section), "option"))));

    private static string GetText(string path, string? section) => section is null ? MarkdownPage.Read(path).Text : MarkdownPage.Read(path).GetSection(section);

    private static HashSet<string> ListOptions(string name)
    {
        using var interruption = new Interruption();
        var command = SubcommandLine.Create(name, interruption)!;
        var comparison = StockCommandLine.Definitions.Where(definition => SubcommandLine.ListComparisonOptions(name).Contains(definition.Name));
        return
        [
            // What starts with a slash is for other systems.
            .. command.Options.Append(new HelpOption()).SelectMany(option => option.Aliases.Append(option.Name)).Where(option => option.StartsWith('-')),
            .. comparison.Select(definition => $"--{definition.Name}"),

            // -h is help there.
            .. comparison.Where(definition => definition.ShortName is not null and not 'h').Select(definition => $"-{definition.ShortName}"),
        ];
    }

    private static bool IsNotHelp(string option) => option is not ("--help" or "-h" or "-?");

    private static void AssertSame(HashSet<string> options, HashSet<string> documented, string command, string path)
    {
        Assert.All(options, option => Assert.True(documented.Contains(option), $"{path} doesn't have {option} of {command}."));
        Assert.All(documented, option => Assert.True(options.Contains(option), $"{path} has {option}, which {command} doesn't have."));
    }
}
