namespace BdSync.Protocol;

/// <summary>
/// Why a run ended, as the exit status of the program: the numbers are those of the C tool, and scripts rely on them.
/// </summary>
public enum BdSyncExitStatus
{
    /// <summary>All went well.</summary>
    Success = 0,

    /// <summary>The command line or an option is wrong.</summary>
    Parameters = 1,

    /// <summary>The patch is damaged, truncated, or of another version.</summary>
    PatchFormat = 2,

    /// <summary>The sizes differ and the size policy forbids it, or a target can't be resized.</summary>
    SizeMismatch = 3,

    /// <summary>The peer sent something that the protocol does not allow.</summary>
    Protocol = 4,

    /// <summary>A checksum can't be computed.</summary>
    Checksum = 5,

    /// <summary>Reading failed, from a device or from a peer that is gone.</summary>
    Read = 6,

    /// <summary>The system gives no random numbers for the salt.</summary>
    Randomness = 7,

    /// <summary>The remote command can't be started.</summary>
    Process = 8,

    /// <summary>Writing failed, to a device, to the patch or to the peer.</summary>
    Write = 9,

    /// <summary>A digest is unknown or can't be relied on.</summary>
    Digest = 10,

    /// <summary>A peer asked for data outside the device.</summary>
    Transmission = 11,

    /// <summary>A device can't be opened, or is in use.</summary>
    Device = 12,

    /// <summary>The connection to the peer failed.</summary>
    Connection = 13,

    /// <summary>Two devices were compared, and differ: no error, but an answer. Not the C tool's.</summary>
    Different = 14,

    /// <summary>What was asked for is not among what is allowed (EX_NOPERM, sysexits.h). Not the C tool's.</summary>
    NotPermitted = 77,
}
