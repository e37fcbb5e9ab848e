namespace BdSync.Cli.CommandLine.Completion;

/// <summary>What the shell adds to the candidates.</summary>
internal enum SuggestionKind
{
    Words,
    Files,
    Folders,
}
