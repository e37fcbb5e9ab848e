using System.CommandLine;
using System.CommandLine.Help;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Running;
using BdSync.Protocol;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary>The subcommands, such as <c>bdsync run</c>, which stand beside the command line of the C tool.</summary>
internal static class SubcommandLine
{
    /// <summary>Each makes its command.</summary>
    private static readonly OrderedDictionary<string, Func<Interruption, Command>> Subcommands = new()
    {
        ["run"] = interruption => RunSubcommand.Create("run", "bdsync", interruption),
        ["tasks"] = _ => TasksSubcommand.Create(),
        ["inspect"] = InspectSubcommand.Create,
        ["map"] = MapSubcommand.Create,
        ["verify"] = VerifySubcommand.Create,
        ["restrict"] = RestrictSubcommand.Create,
        [HistorySubcommand.Name] = _ => HistorySubcommand.Create(),
    };

    /// <summary>These have no two operands: with two of them the word is a REMSHCMD. The others' words are theirs; a command of that name is <c>./NAME</c>.</summary>
    private static readonly string[] WithoutOperands = ["run", "tasks", HistorySubcommand.Name];

    /// <summary>Those that take options of the C tool's command line, which say how to compare.</summary>
    private static readonly Dictionary<string, IReadOnlyList<string>> ComparisonOptions = new() { ["map"] = MapSubcommand.Allowed, ["verify"] = VerifySubcommand.Allowed };

    /// <summary>The names of all.</summary>
    public static IReadOnlyList<string> Names => [.. Subcommands.Keys];

    /// <summary>Makes one; null where there is none of this name.</summary>
    public static Command? Create(string name, Interruption interruption) => Subcommands.TryGetValue(name, out var create) ? create(interruption) : null;

    /// <summary>The long names, without dashes, of the options of the C tool's command line that a subcommand takes.</summary>
    public static IReadOnlyList<string> ListComparisonOptions(string name) => ComparisonOptions.GetValueOrDefault(name, []);

    /// <summary>Whether the words are those of a subcommand, and not of the C tool's command line.</summary>
    public static bool IsSubcommand(IReadOnlyList<string> words) => words is [var name, ..] && Subcommands.ContainsKey(name) && !(WithoutOperands.Contains(name) && IsComparison(words));

    /// <summary>Parses the words of a subcommand and does it.</summary>
    /// <returns>The exit status.</returns>
    public static Task<int> InvokeAsync(IReadOnlyList<string> words, Interruption interruption)
    {
        var root = new RootCommand("Keeps block devices in sync.");
        foreach (var create in Subcommands.Values)
        {
            root.Subcommands.Add(create(interruption));
        }

        return InvokeAsync(root, words);
    }

    /// <summary>Does what <c>bdsync-manager</c> does with these words.</summary>
    /// <returns>The exit status.</returns>
    public static Task<int> InvokeManagerAsync(IReadOnlyList<string> words, Interruption interruption)
    {
        var options = ManagerCommandLine.Normalize(words);
        if (options.Contains("--version"))
        {
            Console.Out.WriteLine($"{ManagerCommandLine.ProgramName}: {Usage.Version}");
            return Task.FromResult((int)RunExitStatus.Success);
        }

        return InvokeAsync(CreateManager(interruption), options);
    }

    /// <summary>The command line of <c>bdsync-manager</c>. <c>--version</c> is for the help text: it is answered before the rest is parsed.</summary>
    public static Command CreateManager(Interruption interruption)
    {
        var command = RunSubcommand.Create(ManagerCommandLine.ProgramName, ManagerCommandLine.ProgramName, interruption);
        command.Options.Add(new HelpOption());
        command.Options.Add(new Option<bool>("--version") { Description = "Show the version." });
        return command;
    }

    // REMSHCMD LOCDEV REMDEV, with the C tool's options anywhere.
    private static bool IsComparison(IReadOnlyList<string> words)
    {
        const int operandCount = 3;
        try
        {
            return new GetOpt(StockCommandLine.Definitions).Parse(words).Operands.Count == operandCount;
        }
        catch (UsageException)
        {
            return false;
        }
    }

    private static async Task<int> InvokeAsync(Command command, IReadOnlyList<string> words)
    {
        var result = command.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors)
            {
                StandardError.WriteLine($"{result.CommandResult.Command.Name}: {error.Message}");
            }

            StandardError.WriteLine($"'{(command is RootCommand ? "bdsync " : "")}{result.CommandResult.Command.Name} --help' shows what is possible.");
            return GetUsageStatus(result.CommandResult.Command.Name);
        }

        return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    // What reads task files ends as bdsync-manager does, the others as the C tool.
    private static int GetUsageStatus(string name) =>
        name == HistorySubcommand.Name || (Subcommands.ContainsKey(name) && !WithoutOperands.Contains(name)) ? (int)BdSyncExitStatus.Parameters : (int)RunExitStatus.Configuration;
}
