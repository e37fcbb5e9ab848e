namespace BdSync.Cli.CommandLine;

/// <summary>An option that a command line may have.</summary>
/// <param name="Name">The long name, without dashes.</param>
/// <param name="ShortName">The letter, or null for none.</param>
/// <param name="Argument">Whether it takes an argument.</param>
/// <param name="Extension">
/// Not an option of the C tool. Such a name must be written whole, so that every abbreviation means what it means there.
/// </param>
internal sealed record OptionDefinition(string Name, char? ShortName, OptionArgument Argument, bool Extension = false);
