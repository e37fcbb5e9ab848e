using System.CommandLine;
using System.Globalization;
using BdSync.Cli.Commands;
using BdSync.Cli.Tasks.Reports.History;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary><c>bdsync history</c></summary>
internal static class HistorySubcommand
{
    public const string Name = "history";

    private const int DefaultRuns = 20;

    public static Command Create()
    {
        var task = new Argument<string?>("TASK") { Description = "Only this task.", Arity = ArgumentArity.ZeroOrOne };
        task.Validators.Add(result =>
        {
            // What is no option would be taken for the operand.
            if (result.Tokens is [{ Value: ['-', ..] word }, ..])
            {
                result.AddError($"There is no option {word}.");
            }
        });
        var state = RunOutputOptions.CreateState("The folder that 'bdsync run' has written to.");
        var json = new Option<bool>("--json") { Description = "Show the runs' reports: a JSON array, the oldest first." };
        var last = new Option<int>("--last")
        {
            Description = $"Show up to N runs, 1 to {StateFolder.MaxRuns}.",
            HelpName = "N",
            DefaultValueFactory = _ => DefaultRuns,
            CustomParser = result =>
            {
                if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > StateFolder.MaxRuns)
                {
                    result.AddError($"--last {result.Tokens[0].Value} is not a number from 1 to {StateFolder.MaxRuns}.");
                }

                return number;
            },
        };
        var command = new Command(Name, "Shows what 'bdsync run' did the last times.") { task, state, last, json };
        command.SetAction(result => HistoryCommand.Run(result.GetValue(state) ?? StateFolder.GetDefault(), result.GetValue(task), result.GetValue(last), result.GetValue(json)));
        return command;
    }
}
