namespace BdSync.Cli.CommandLine.Completion;

/// <summary>What may stand in a place.</summary>
/// <param name="Kind">Whether names of files belong there, which the shell knows best.</param>
/// <param name="Candidates">Words of this program.</param>
internal readonly record struct Suggestions(SuggestionKind Kind, IReadOnlyList<Candidate> Candidates)
{
    public static Suggestions None { get; } = new(SuggestionKind.Words, []);

    public static Suggestions Files { get; } = new(SuggestionKind.Files, []);

    public static Suggestions Folders { get; } = new(SuggestionKind.Folders, []);

    public static Suggestions Words(IEnumerable<string> words) => new(SuggestionKind.Words, [.. words.Select(word => new Candidate(word))]);
}
