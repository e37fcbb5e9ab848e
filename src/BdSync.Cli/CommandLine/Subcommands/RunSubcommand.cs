using System.CommandLine;
using System.Globalization;
using BdSync.Cli.Commands;
using BdSync.Cli.Output;
using BdSync.Cli.Output.Live;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary><c>bdsync run</c>, and what <c>bdsync-manager</c> does.</summary>
internal static class RunSubcommand
{
    private const int MaxParallel = 64;

    private static readonly string[] LogLevels = ["debug", "info", "warning", "error"];

    public static Command Create(string name, string programName, Interruption interruption)
    {
        var file = new TaskFileOptions();
        var level = WordOption.Create("--log-level", "What the log has.", "warning", LogLevels);
        var format = WordOption.Create("--log-format", "Lines for people, or a JSON object a line.", "text", ["text", "json"]);
        var live = WordOption.Create("--live", "Show the tasks while they run, on a terminal.", programName == ManagerCommandLine.ProgramName ? "never" : "auto", ["auto", "never"]);
        var dryRun = new Option<bool>("--dry-run") { Description = "Compare only: say how much differs, write nothing." };
        var parallel = CreateParallel();
        var outputs = new RunOutputOptions();
        var command = new Command(name, "Does the tasks of a task file, in its order.") { file.Configuration, file.TaskNames, file.Settings, level, format, live, dryRun, parallel };
        outputs.AddTo(command);
        command.SetAction(result => RunCommand.RunAsync(
            new()
            {
                ConfigurationPath = result.GetRequiredValue(file.Configuration),
                TaskNames = result.GetRequiredValue(file.TaskNames),
                Settings = result.GetRequiredValue(file.Settings),
                DryRun = result.GetValue(dryRun),
                Parallel = result.GetValue(parallel),
                LogLevel = ToLogLevel(result.GetRequiredValue(level)),
                LogFormat = Enum.Parse<LogFormat>(result.GetRequiredValue(format), ignoreCase: true),
                Live = Enum.Parse<LiveMode>(result.GetRequiredValue(live), ignoreCase: true),
                ProgramName = programName,
                ReportPath = result.GetValue(outputs.Report),
                MetricsPath = result.GetValue(outputs.Metrics),
                StateFolder = outputs.GetStateFolder(result, programName),
                ShowsSummary = outputs.ShowsSummary(result, programName, Enum.Parse<LogFormat>(result.GetRequiredValue(format), ignoreCase: true)),
            },
            interruption));
        return command;
    }

    private static Option<int> CreateParallel() => new("--parallel")
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

    private static LogLevel ToLogLevel(string word) => Array.IndexOf(LogLevels, word.ToLowerInvariant()) switch
    {
        0 => LogLevel.Debug,
        1 => LogLevel.Information,
        2 => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
