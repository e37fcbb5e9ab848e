namespace BdSync.Cli.Tasks.Sources;

/// <summary>Only what has changed was compared, and turns out not to be enough: everything has to be. No error of the task.</summary>
internal sealed class ChainBrokenException(string message) : Exception(message);
