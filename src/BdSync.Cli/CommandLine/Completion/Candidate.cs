namespace BdSync.Cli.CommandLine.Completion;

/// <summary>What a word may become.</summary>
/// <param name="Word">The whole word; one that ends with <c>=</c> goes on.</param>
/// <param name="Description">What it means; empty for nothing to say.</param>
internal readonly record struct Candidate(string Word, string Description = "");
