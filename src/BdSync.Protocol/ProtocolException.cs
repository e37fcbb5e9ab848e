namespace BdSync.Protocol;

/// <summary>The peer sent something that the protocol does not allow. The session is over.</summary>
public sealed class ProtocolException : BdSyncException
{
    /// <summary>Creates the error with <see cref="BdSyncExitStatus.Protocol"/>.</summary>
    /// <param name="message">What the peer sent and what was allowed.</param>
    public ProtocolException(string message)
        : base(BdSyncExitStatus.Protocol, message)
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="exitStatus">What a program should exit with.</param>
    /// <param name="message">What the peer sent and what was allowed.</param>
    public ProtocolException(BdSyncExitStatus exitStatus, string message)
        : base(exitStatus, message)
    {
    }
}
