using System.CommandLine;
using BdSync.Cli.Tasks.Configuration;

namespace BdSync.Cli.CommandLine.Completion;

/// <summary>The options of a subcommand. What a value may be is told by the name that <c>--help</c> gives it.</summary>
/// <param name="command">The subcommand.</param>
/// <param name="listTasks">Lists the tasks of the task file that the command line names.</param>
internal sealed class SubcommandOptionList(Command command, Func<IReadOnlyList<string>> listTasks)
{
    private const string YesOrNo = "true|false";

    public IReadOnlyList<CompletedOption> Create() =>
    [
        .. from option in command.Options
           where !option.Hidden
           select new CompletedOption(
               [option.Name, .. option.Aliases.Where(alias => alias.StartsWith('-')).Order()],
               option.Arity.MinimumNumberOfValues > 0 ? OptionArgument.Required : option.Arity.MaximumNumberOfValues > 0 && option.ValueType == typeof(bool?) ? OptionArgument.Optional : OptionArgument.None,
               ValueBehindEquals: false,
               option.Description ?? "",
               typed => ListValues(option.ValueType == typeof(bool?) ? YesOrNo : option.HelpName ?? "", typed)),
    ];

    /// <summary>What an operand may be.</summary>
    public Suggestions ListOperands() => command.Arguments is [{ Name: "TASK" }] ? Suggestions.Words(listTasks()) : command.Arguments.Count > 0 ? Suggestions.Files : Suggestions.None;

    private Suggestions ListValues(string helpName, string typed) => helpName switch
    {
        "FILE" or "PATH" or "DEVICE" or "PATTERN..." => Suggestions.Files,
        "DIR" or "FOLDER" => Suggestions.Folders,
        "NAME" or "TASK" => Suggestions.Words(listTasks()),
        "[TASK.]KEY=VALUE" => Suggestions.Words(ListSettings(typed)),
        _ when helpName.Contains('|') && !helpName.Any(char.IsUpper) => Suggestions.Words(helpName.Split('|')),
        _ => Suggestions.None,
    };

    private IEnumerable<string> ListSettings(string typed)
    {
        var prefixes = typed.Contains('.') ? listTasks().Select(task => $"{task}.") : [""];
        var keys = typed.Contains('.') ? TaskKeys.OfTask : TaskKeys.OfTask.Concat(TaskKeys.OfRun);
        return prefixes.SelectMany(prefix => keys.Select(key => $"{prefix}{key}="));
    }
}
