namespace BdSync.Protocol;

/// <summary>
/// A digest or checksum is unknown, or known not to compute anything reliable. Nothing has been read or written.
/// </summary>
public sealed class DigestException : BdSyncException
{
    /// <summary>Creates the error.</summary>
    /// <param name="exitStatus">What a program should exit with.</param>
    /// <param name="message">Which digest was asked for and why it is refused.</param>
    public DigestException(BdSyncExitStatus exitStatus, string message)
        : base(exitStatus, message)
    {
    }
}
