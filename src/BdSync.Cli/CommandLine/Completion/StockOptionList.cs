using BdSync.Protocol.Hashing;

namespace BdSync.Cli.CommandLine.Completion;

/// <summary>The options of the C tool's command line.</summary>
internal static class StockOptionList
{
    private static readonly string[] DiffSizes = ["strict", "resize", "minsize", "strict,warn", "resize,warn", "minsize,warn"];

    /// <summary>All of them, or those that a subcommand takes as well.</summary>
    /// <param name="names">The long names without dashes; null for all.</param>
    public static IReadOnlyList<CompletedOption> Create(IReadOnlyList<string>? names = null)
    {
        var descriptions = UsageDescriptions.Find(Usage.Text);
        return
        [
            .. from definition in StockCommandLine.Definitions
               where names is null || names.Contains(definition.Name)
               select new CompletedOption(
                   ListNames(definition, names is not null), definition.Argument, ValueBehindEquals: true, descriptions.GetValueOrDefault(definition.Name, ""), _ => ListValues(definition.Name)),
        ];
    }

    // -h is help where a subcommand takes the option.
    private static IReadOnlyList<string> ListNames(OptionDefinition definition, bool isOfSubcommand) =>
        definition.ShortName is { } letter && !(isOfSubcommand && letter == 'h') ? [$"--{definition.Name}", $"-{letter}"] : [$"--{definition.Name}"];

    private static Suggestions ListValues(string name) => name switch
    {
        "hash" => Suggestions.Words([.. DigestAlgorithm.Extensions.Concat(DigestAlgorithm.All).Select(digest => digest.Name), "auto"]),
        "checksum" => Suggestions.Words(DigestAlgorithm.All.Select(digest => digest.Name)),
        "diffsize" => Suggestions.Words(DiffSizes),
        "progress" => Suggestions.Words(["bar", "noscroll"]),
        "patch" or "undo" or "ssh-config" => Suggestions.Files,
        _ => Suggestions.None,
    };
}
