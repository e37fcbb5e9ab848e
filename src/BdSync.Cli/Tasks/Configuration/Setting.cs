namespace BdSync.Cli.Tasks.Configuration;

/// <summary>A key's value as somebody wrote it, before anything is replaced in it.</summary>
/// <param name="Key">In lower case.</param>
/// <param name="Value">The text.</param>
/// <param name="Origin">Where it is written: <c>FILE:LINE</c>, or the word of the command line.</param>
internal sealed record Setting(string Key, string Value, string Origin);
