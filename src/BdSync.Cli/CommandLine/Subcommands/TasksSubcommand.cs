using System.CommandLine;
using BdSync.Cli.Commands;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary><c>bdsync tasks</c></summary>
internal static class TasksSubcommand
{
    public static Command Create()
    {
        var file = new TaskFileOptions();
        var check = new Option<bool>("--check") { Description = "Show the errors only; exit status 2 where there are any." };
        var command = new Command("tasks", "Shows the tasks of a task file with their settings, and what is wrong with them.") { file.Configuration, file.TaskNames, file.Settings, check };
        command.SetAction(result => TasksCommand.Run(
            result.GetRequiredValue(file.Configuration), result.GetRequiredValue(file.TaskNames), result.GetRequiredValue(file.Settings), result.GetValue(check)));
        return command;
    }
}
