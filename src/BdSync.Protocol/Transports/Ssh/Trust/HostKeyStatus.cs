namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>How a key that a host shows relates to what is known of the host.</summary>
internal enum HostKeyStatus
{
    /// <summary>No key of the host is known.</summary>
    Unknown,

    /// <summary>The key is known for this host.</summary>
    Known,

    /// <summary>Other keys of the host are known, of this type or of another one.</summary>
    Changed,

    /// <summary>The key must never be accepted.</summary>
    Revoked,
}
