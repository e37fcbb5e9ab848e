namespace BdSync.Protocol;

/// <summary>
/// The base of every error that this library reports on purpose. The message is a full sentence that says what was found
/// and what was allowed; <see cref="ExitStatus"/> is what a program should exit with.
/// </summary>
public class BdSyncException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="exitStatus">What a program should exit with.</param>
    /// <param name="message">What was found and what was allowed.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public BdSyncException(BdSyncExitStatus exitStatus, string message, Exception? innerException = null)
        : base(message, innerException) => ExitStatus = exitStatus;

    /// <summary>What a program should exit with.</summary>
    public BdSyncExitStatus ExitStatus { get; }
}
