using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using BdSync.Cli.Commands;
using BdSync.Cli.Output;
using BdSync.Cli.Tasks.Running;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.CommandLine;

/// <summary>The subcommands, which stand beside the command line of the C tool: <c>bdsync run</c> and <c>bdsync tasks</c>.</summary>
internal static class TaskCommandLine
{
    private const string DefaultConfiguration = "/etc/bdsync-manager.conf";
    private const int MaxParallel = 64;

    private static readonly string[] LogLevels = ["debug", "info", "warning", "error"];

    private static readonly Option<string> Configuration = new("--config") { Description = "The task file.", HelpName = "FILE", DefaultValueFactory = _ => DefaultConfiguration };
    private static readonly Option<string[]> TaskNames = new("--task") { Description = "Only this task; may be repeated.", HelpName = "NAME", Arity = ArgumentArity.OneOrMore, DefaultValueFactory = _ => [] };
    private static readonly Option<string[]> Settings = new("--set") { Description = "A setting that wins over the file's; may be repeated.", HelpName = "[TASK.]KEY=VALUE", Arity = ArgumentArity.OneOrMore, DefaultValueFactory = _ => [] };
    private static readonly Option<string> Level = CreateWordOption("--log-level", "What the log has.", "warning", LogLevels);
    private static readonly Option<string> Format = CreateWordOption("--log-format", "Lines for people, or a JSON object a line.", "text", ["text", "json"]);
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Compare only: say how much differs, write nothing." };
    private static readonly Option<int> Parallel = new("--parallel")
    {
        Description = "Run N tasks at once, each with another host.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
        CustomParser = result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MaxParallel)
            {
                result.AddError($"--parallel {result.Tokens[0].Value} is not a number from 1 to {MaxParallel}.");
            }

            return number;
        },
    };

    private static readonly Option<bool> Check = new("--check") { Description = "Show the errors only; exit status 2 where there are any." };

    /// <summary>Whether the words are those of a subcommand, and not of the C tool's command line: a REMSHCMD may have any name.</summary>
    public static bool IsSubcommand(IReadOnlyList<string> words) => words is ["run" or "tasks", ..] && !IsComparison(words);

    /// <summary>Parses the words of a subcommand and does it.</summary>
    /// <returns>The exit status.</returns>
    public static Task<int> InvokeAsync(IReadOnlyList<string> words, Interruption interruption)
    {
        var root = new RootCommand("Keeps block devices in sync.");
        root.Subcommands.Add(CreateRun("run", "bdsync", interruption));
        root.Subcommands.Add(CreateTasks());
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

        var command = CreateRun(ManagerCommandLine.ProgramName, ManagerCommandLine.ProgramName, interruption);
        command.Options.Add(new HelpOption());
        return InvokeAsync(command, options);
    }

    // REMSHCMD LOCDEV REMDEV, with the C tool's options anywhere. A subcommand has no operands.
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
            return (int)RunExitStatus.Configuration;
        }

        return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static Command CreateRun(string name, string programName, Interruption interruption)
    {
        var command = new Command(name, "Does the tasks of a task file, in its order.") { Configuration, TaskNames, Settings, Level, Format, DryRun, Parallel };
        command.SetAction(result => RunCommand.RunAsync(
            new()
            {
                ConfigurationPath = result.GetRequiredValue(Configuration),
                TaskNames = result.GetRequiredValue(TaskNames),
                Settings = result.GetRequiredValue(Settings),
                DryRun = result.GetValue(DryRun),
                Parallel = result.GetValue(Parallel),
                LogLevel = ToLogLevel(result.GetRequiredValue(Level)),
                LogFormat = Enum.Parse<LogFormat>(result.GetRequiredValue(Format), ignoreCase: true),
                ProgramName = programName,
            },
            interruption));
        return command;
    }

    private static Command CreateTasks()
    {
        var command = new Command("tasks", "Shows the tasks of a task file with their settings, and what is wrong with them.") { Configuration, TaskNames, Settings, Check };
        command.SetAction(result => TasksCommand.Run(
            result.GetRequiredValue(Configuration), result.GetRequiredValue(TaskNames), result.GetRequiredValue(Settings), result.GetValue(Check)));
        return command;
    }

    private static Option<string> CreateWordOption(string name, string description, string defaultWord, string[] words)
    {
        var option = new Option<string>(name) { Description = description, HelpName = string.Join('|', words), DefaultValueFactory = _ => defaultWord };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token, ..] && !words.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
            {
                result.AddError($"{name} {token.Value} is not known; {string.Join(", ", words)} are.");
            }
        });
        return option;
    }

    private static LogLevel ToLogLevel(string word) => Array.IndexOf(LogLevels, word.ToLowerInvariant()) switch
    {
        0 => LogLevel.Debug,
        1 => LogLevel.Information,
        2 => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
