namespace BdSync.Protocol;

/// <summary>
/// A device can't be opened (<see cref="BdSyncExitStatus.Device"/>), read (<see cref="BdSyncExitStatus.Read"/>) or written
/// (<see cref="BdSyncExitStatus.Write"/>). The peer and the patch are not to blame.
/// </summary>
public sealed class DeviceException : BdSyncException
{
    /// <summary>Creates the error.</summary>
    /// <param name="exitStatus">What a program should exit with.</param>
    /// <param name="message">Which device, what was tried, and what the system said.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DeviceException(BdSyncExitStatus exitStatus, string message, Exception? innerException = null)
        : base(exitStatus, message, innerException)
    {
    }
}
