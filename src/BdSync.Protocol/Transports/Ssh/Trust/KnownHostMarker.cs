namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>What a line of a known_hosts file says about its key: sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.</summary>
internal enum KnownHostMarker
{
    /// <summary>It is the host's own key.</summary>
    None,

    /// <summary>The key signs certificates of hosts: <c>@cert-authority</c>.</summary>
    CertificateAuthority,

    /// <summary>The key is never accepted, nor a certificate that it signed: <c>@revoked</c>.</summary>
    Revoked,
}
