using System.CommandLine;
using System.CommandLine.Help;
using BdSync.Cli.CommandLine.Subcommands;
using BdSync.Cli.Tasks;
using BdSync.Cli.Tasks.Configuration.Values;

namespace BdSync.Cli.CommandLine.Completion;

/// <summary>Completes command lines for shells: see docs/completions.md.</summary>
internal static class CompletionLine
{
    /// <summary>
    /// The first word of the command line that asks for it; behind it come the shell's name and the words up to the one that is completed, the program's name in front. The C tool refuses this word,
    /// so no command line of its can mean something else.
    /// </summary>
    public const string Word = "--complete";

    /// <summary>bash gives words as they are typed, quotes included; the others as they are meant.</summary>
    private const string RawShell = "bash";

    private const string EndOfOptions = "--";

    /// <summary>Prints the kind of what belongs there on a line, and below it the candidates with their descriptions, a tab between.</summary>
    /// <returns>The exit status.</returns>
    public static int Run(IReadOnlyList<string> words, Interruption interruption, TextWriter output)
    {
        if (words is not [_, var shell, var program, ..])
        {
            return 0;
        }

        var rest = words.Skip(3);

        var found = Complete(shell == RawShell ? [.. rest.Select(Unquote)] : [.. rest], Path.GetFileName(program), interruption);
        output.Write($"{found.Kind.ToString().ToLowerInvariant()}\n");
        foreach (var candidate in found.Candidates)
        {
            output.Write($"{candidate.Word}\t{candidate.Description}\n");
        }

        return 0;
    }

    /// <summary>Finds what the last word may become.</summary>
    /// <param name="words">The words behind the program's name; the last one is completed and may be empty.</param>
    /// <param name="programName">As the program is called.</param>
    /// <param name="interruption">What commands are made with; none is run.</param>
    public static Suggestions Complete(IReadOnlyList<string> words, string programName, Interruption interruption)
    {
        var current = words.Count > 0 ? words[^1] : "";
        var before = words.SkipLast(1).ToList();
        if (programName == ManagerCommandLine.ProgramName)
        {
            return Complete(SubcommandLine.CreateManager(interruption), [], before, current);
        }

        if (before is [var name, ..] && SubcommandLine.Create(name, interruption) is { } command)
        {
            command.Options.Add(new HelpOption());
            return Complete(command, SubcommandLine.ListComparisonOptions(name), before[1..], current);
        }

        var subcommands = UsageDescriptions.FindSubcommands(Usage.Text);
        var operands = before.Count == 0
            ? new Suggestions(SuggestionKind.Files, [.. SubcommandLine.Names.Select(subcommand => new Candidate(subcommand, subcommands.GetValueOrDefault(subcommand, "")))])
            : before.Exists(word => word is "--server" or "-s" || word.StartsWith("--patch", StringComparison.Ordinal) || word.StartsWith("-p", StringComparison.Ordinal)) ? Suggestions.None : Suggestions.Files;
        return new OptionCompletion(StockOptionList.Create(), () => operands).Complete(before, current);
    }

    private static Suggestions Complete(Command command, IReadOnlyList<string> comparisonOptions, List<string> before, string current)
    {
        var list = new SubcommandOptionList(command, () => TaskNames.Find(FindTaskFile(before)));
        return new OptionCompletion([.. list.Create(), .. StockOptionList.Create(comparisonOptions)], list.ListOperands).Complete(before, current);
    }

    private static string FindTaskFile(List<string> before)
    {
        const string option = "--config";
        var path = TaskFileOptions.DefaultConfiguration;
        for (var index = 0; index < before.Count && before[index] != EndOfOptions; index++)
        {
            path = before[index] == option && index + 1 < before.Count ? before[index + 1]
                : before[index].StartsWith($"{option}=", StringComparison.Ordinal) ? before[index][(option.Length + 1)..]
                : path;
        }

        return path;
    }

    private static string Unquote(string word)
    {
        try
        {
            return ShellWords.Split(word) is [var only] ? only : word;
        }
        catch (ConfigurationException)
        {
            return word.TrimStart('\'', '"');
        }
    }
}
