using BdSync.Protocol;

namespace BdSync.Cli.CommandLine;

/// <summary>An option is unknown, ambiguous, or its argument is missing or too many: the usage is worth showing.</summary>
internal sealed class UsageException(string message) : BdSyncException(BdSyncExitStatus.Parameters, message);
