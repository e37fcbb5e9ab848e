using BdSync.Protocol;

namespace BdSync.Cli.Restriction;

/// <summary>What was asked for is not allowed; nothing of it was done.</summary>
internal sealed class RestrictionException(string message) : BdSyncException(BdSyncExitStatus.NotPermitted, message);
