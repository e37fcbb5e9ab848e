namespace BdSync.Protocol;

/// <summary>
/// A patch is damaged, truncated or of another version (<see cref="BdSyncExitStatus.PatchFormat"/>). The message says whether
/// anything has been written to the target by then.
/// </summary>
public sealed class PatchException : BdSyncException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was found, at which offset of the patch, and what was allowed.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public PatchException(string message, Exception? innerException = null)
        : base(BdSyncExitStatus.PatchFormat, message, innerException)
    {
    }
}
