namespace BdSync.Protocol;

/// <summary>
/// The sizes of the devices, or of a device and a patch, differ in a way that the size policy forbids, or a target can't be
/// resized (<see cref="BdSyncExitStatus.SizeMismatch"/>). Nothing has been written unless the message says otherwise.
/// </summary>
public sealed class SizeMismatchException : BdSyncException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Both sizes, in bytes, and what was allowed.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public SizeMismatchException(string message, Exception? innerException = null)
        : base(BdSyncExitStatus.SizeMismatch, message, innerException)
    {
    }
}
