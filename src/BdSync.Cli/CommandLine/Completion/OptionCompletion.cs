namespace BdSync.Cli.CommandLine.Completion;

/// <summary>Completes a word among options and operands.</summary>
/// <param name="options">The options.</param>
/// <param name="listOperands">What operands may be.</param>
internal sealed class OptionCompletion(IReadOnlyList<CompletedOption> options, Func<Suggestions> listOperands)
{
    private const int MaxDescription = 120;

    public Suggestions Complete(IReadOnlyList<string> before, string current)
    {
        var position = Locate(before);
        if (position.Pending is { } pending)
        {
            return Match(pending.ListValues(current), current, "");
        }

        if (!position.OperandsOnly && current.StartsWith('-'))
        {
            return current.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
                ? CompleteValue(current[..equals], current[(equals + 1)..])
                : new(SuggestionKind.Words, [.. options.SelectMany(ListNames).Where(candidate => candidate.Word.StartsWith(current, StringComparison.Ordinal))]);
        }

        var operands = Match(listOperands(), current, "");
        return operands.Candidates.Count > 0 ? operands with { Kind = SuggestionKind.Words } : operands;
    }

    private Suggestions CompleteValue(string name, string typed) =>
        Find(name) is { Argument: not OptionArgument.None } option ? Match(option.ListValues(typed), typed, $"{name}=") : Suggestions.None;

    // Which option waits for its value in this word, and whether a -- has ended the options.
    private (CompletedOption? Pending, bool OperandsOnly) Locate(IReadOnlyList<string> before)
    {
        CompletedOption? pending = null;
        foreach (var word in before)
        {
            if (pending is not null)
            {
                pending = null;
            }
            else if (word == "--")
            {
                return (null, true);
            }
            else
            {
                pending = Find(word) is { Argument: OptionArgument.Required } option ? option : null;
            }
        }

        return (pending, false);
    }

    private CompletedOption? Find(string name) => options.FirstOrDefault(option => option.Names.Contains(name));

    private static IEnumerable<Candidate> ListNames(CompletedOption option)
    {
        var description = option.Description.Length <= MaxDescription ? option.Description : $"{option.Description[..(MaxDescription - 3)]}...";
        foreach (var name in option.Names)
        {
            var isLong = name.StartsWith("--", StringComparison.Ordinal);
            if (!isLong || option.Argument != OptionArgument.Required || !option.ValueBehindEquals)
            {
                yield return new(name, description);
            }

            if (isLong && (option.Argument == OptionArgument.Optional || (option.Argument == OptionArgument.Required && option.ValueBehindEquals)))
            {
                yield return new($"{name}=", description);
            }
        }
    }

    private static Suggestions Match(Suggestions all, string typed, string prefix) => all with
    {
        Candidates = [.. from candidate in all.Candidates where candidate.Word.StartsWith(typed, StringComparison.Ordinal) select candidate with { Word = prefix + candidate.Word }],
    };
}
