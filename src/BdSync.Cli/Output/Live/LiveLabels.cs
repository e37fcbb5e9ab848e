namespace BdSync.Cli.Output.Live;

/// <summary>How a view calls the columns that are not the same everywhere.</summary>
/// <param name="Name">What stands before each line.</param>
/// <param name="Source">The rate of the source, or of the first device.</param>
/// <param name="Target">The rate of the target, or of the second device.</param>
internal sealed record LiveLabels(string Name, string Source, string Target);
