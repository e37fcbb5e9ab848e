using System.CommandLine;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary>The options of all subcommands that read a task file. Each command has options of its own, as they are changed by what is parsed.</summary>
internal sealed class TaskFileOptions
{
    public const string DefaultConfiguration = "/etc/bdsync-manager.conf";

    public Option<string> Configuration { get; } = new("--config") { Description = "The task file.", HelpName = "FILE", DefaultValueFactory = _ => DefaultConfiguration };

    public Option<string[]> TaskNames { get; } = new("--task") { Description = "Only this task; may be repeated.", HelpName = "NAME", Arity = ArgumentArity.OneOrMore, DefaultValueFactory = _ => [] };

    public Option<string[]> Settings { get; } = new("--set") { Description = "A setting that wins over the file's; may be repeated.", HelpName = "[TASK.]KEY=VALUE", Arity = ArgumentArity.OneOrMore, DefaultValueFactory = _ => [] };
}
