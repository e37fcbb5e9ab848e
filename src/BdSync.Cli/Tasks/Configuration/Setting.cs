namespace BdSync.Cli.Tasks.Configuration;

/// <summary>A key's value as somebody wrote it, before anything is replaced in it.</summary>
/// <param name="Key">In lower case.</param>
/// <param name="Value">The text.</param>
/// <param name="Origin">Where it is written: <c>FILE:LINE</c>, or the word of the command line.</param>
/// <param name="IsOfSection">Whether it was written for this section only: what <c>[DEFAULT]</c> has need not be of use to each.</param>
internal sealed record Setting(string Key, string Value, string Origin, bool IsOfSection = true);
