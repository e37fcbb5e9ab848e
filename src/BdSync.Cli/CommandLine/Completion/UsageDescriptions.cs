using System.Text.RegularExpressions;

namespace BdSync.Cli.CommandLine.Completion;

/// <summary>What <c>--help</c> says of each option of the C tool's command line.</summary>
internal static partial class UsageDescriptions
{
    /// <summary>Finds the description of each option, by its long name without dashes; the first one where there are two.</summary>
    public static IReadOnlyDictionary<string, string> Find(string usage)
    {
        Dictionary<string, string> found = [];
        string? current = null;
        foreach (var line in usage.Split('\n'))
        {
            if (OptionLine().Match(line) is { Success: true } option)
            {
                var name = option.Groups["name"].Value;
                current = found.TryAdd(name, option.Groups["text"].Value) ? name : null;
            }
            else if (current is not null && Continuation().Match(line) is { Success: true } continuation)
            {
                found[current] += $" {continuation.Groups["text"].Value}";
            }
            else
            {
                current = null;
            }
        }

        return found.ToDictionary(pair => pair.Key, pair => pair.Value.Trim());
    }

    /// <summary>Finds what subcommands do, by their names.</summary>
    public static IReadOnlyDictionary<string, string> FindSubcommands(string usage) =>
        SubcommandLine().Matches(usage).ToDictionary(match => match.Groups["name"].Value, match => string.Join(' ', match.Groups["text"].Captures.Select(capture => capture.Value)));

    [GeneratedRegex(@"^  (?:-\w, |    )--(?<name>[a-z-]+)(?:\S*)(?:\s+(?<text>.*))?$")]
    private static partial Regex OptionLine();

    [GeneratedRegex(@"^ {20,}(?<text>\S.*)$")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"^  bdsync (?<name>[a-z]+)(?: \S+)*(?: {2,}(?<text>\S.*))?(?:\n {20,}(?<text>\S.*))*$", RegexOptions.Multiline)]
    private static partial Regex SubcommandLine();
}
