using System.CommandLine;
using BdSync.Cli.Commands;
using BdSync.Protocol;

namespace BdSync.Cli.CommandLine.Subcommands;

/// <summary><c>bdsync map</c></summary>
internal static class MapSubcommand
{
    /// <summary>The options of the C tool's command line that say how to compare.</summary>
    public static IReadOnlyList<string> Allowed { get; } =
    [
        "verbose", "blocksize", "hash", "twopass", "zeroblocks", "flushcache", "fixedsalt", "threads", "channels", "retries", "remote-bdsync", "ssh-config", "local", "direct",
    ];

    public static Command Create(Interruption interruption)
    {
        var words = new Argument<string[]>("REMSHCMD LOCDEV REMDEV")
        {
            Description = $"What to compare: REMSHCMD or ssh://[USER@]HOST[:PORT] with a device here and one there, or --local with two devices here; with options as for comparing without a subcommand, in their short forms, too, but for -h: {string.Join(", ", Allowed.Select(name => $"--{name}"))}.",
            Arity = ArgumentArity.OneOrMore,
        };
        words.Validators.Add(result =>
        {
            try
            {
                _ = Parse([.. result.Tokens.Select(token => token.Value)]);
            }
            catch (BdSyncException exception)
            {
                result.AddError(exception.Message);
            }
        });
        var view = new MapOptions();
        var command = new Command("map", "Compares two devices, and shows a map of where they differ; exit status 0 where they are the same, 14 where they differ.") { words, view.Svg, view.Json };
        command.SetAction((result, _) => MapCommand.RunAsync(
            Parse(result.GetRequiredValue(words)), result.GetValue(view.Json), result.GetValue(view.Svg), interruption.Token));
        return command;
    }

    /// <summary>What is compared, and how.</summary>
    /// <exception cref="BdSyncException">An option or a number of operands is refused.</exception>
    private static StockOptions Parse(string[] words)
    {
        var (options, operands) = new GetOpt(StockCommandLine.Definitions).Parse(words);
        if (options.Find(option => !Allowed.Contains(option.Definition.Name)).Definition is { } refused)
        {
            throw new UsageException($"--{refused.Name} is not for maps.");
        }

        return operands.Count > 0 ? StockCommandLine.Parse(words) : throw new UsageException("What is to be compared is missing.");
    }
}
