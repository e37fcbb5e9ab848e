namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>Something that has a private key, or can have signatures made with it.</summary>
internal interface IKeySigner
{
    /// <summary>Whether a signature may need the user: a passphrase, a touch, a confirmation.</summary>
    bool MayAskUser { get; }

    /// <summary>Signs; may wait for the user.</summary>
    /// <param name="key">The public key, or the certificate, that the signature is for.</param>
    /// <param name="algorithm">How to sign: one of those of the key's type.</param>
    /// <param name="data">What to sign.</param>
    /// <returns>The signature with its algorithm's name before it (RFC 4253, section 6.6).</returns>
    /// <exception cref="TransportException">It can't be had (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    byte[] Sign(PublicKey key, SignatureAlgorithm algorithm, byte[] data);
}
