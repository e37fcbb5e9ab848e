namespace BdSync.Cli.CommandLine;

/// <summary>An option that was found.</summary>
/// <param name="Definition">Which one.</param>
/// <param name="Value">Its argument; null where it has none.</param>
internal readonly record struct ParsedOption(OptionDefinition Definition, string? Value);
