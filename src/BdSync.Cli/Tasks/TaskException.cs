using BdSync.Protocol;

namespace BdSync.Cli.Tasks;

/// <summary>A task failed for a reason of its own; the message says in which state things are.</summary>
internal sealed class TaskException(string message, Exception? innerException = null)
    : BdSyncException(BdSyncExitStatus.Process, message, innerException);
