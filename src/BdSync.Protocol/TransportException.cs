namespace BdSync.Protocol;

/// <summary>
/// The peer can't be reached or is gone: the remote command did not start (<see cref="BdSyncExitStatus.Process"/>), the stream
/// from or to it broke (<see cref="BdSyncExitStatus.Read"/>), or a connection failed (<see cref="BdSyncExitStatus.Connection"/>). The
/// session is over; a new one may succeed.
/// </summary>
public sealed class TransportException : BdSyncException
{
    /// <summary>Creates the error.</summary>
    /// <param name="exitStatus">What a program should exit with.</param>
    /// <param name="message">What was expected from the peer when it was lost.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public TransportException(BdSyncExitStatus exitStatus, string message, Exception? innerException = null)
        : base(exitStatus, message, innerException)
    {
    }

    /// <summary>
    /// Whether opening the connection again may help: it broke, or the peer can't be reached for now. False where the peer refuses, or
    /// its program has ended by itself. Default false.
    /// </summary>
    public bool IsTransient { get; init; }
}
