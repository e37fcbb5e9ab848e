namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>A key or certificate that the user can log in with, and what came of it.</summary>
/// <param name="publicKey">What a server is asked about.</param>
/// <param name="signer">Who signs.</param>
/// <param name="source">Where it comes from, for messages.</param>
/// <param name="warn">Receives a sentence when there is no signature.</param>
internal sealed class UserKey(PublicKey publicKey, IKeySigner signer, string source, Action<string> warn)
{
    private string? failure;

    public PublicKey PublicKey { get; } = publicKey;

    public bool MayAskUser => signer.MayAskUser;

    /// <summary>Whether a server has been asked about it.</summary>
    public bool WasOffered { get; private set; }

    /// <summary>Where it comes from, what it is, and why it couldn't sign, if so.</summary>
    public string Description => $"{source} {PublicKey.Description}{(failure is null ? "" : $" (no signature: {failure})")}";

    /// <summary>The public part, for a server.</summary>
    public byte[] Offer()
    {
        WasOffered = true;
        return PublicKey.Blob;
    }

    /// <summary>Signs.</summary>
    /// <returns>
    /// The signature. Where there is none, one that no server takes: an exception would end SSH.NET's loop, and the other keys would not get their turn.
    /// </returns>
    public byte[] Sign(SignatureAlgorithm algorithm, byte[] data)
    {
        if (failure is null)
        {
            try
            {
                return signer.Sign(PublicKey, algorithm, data);
            }
            catch (TransportException exception)
            {
                failure = exception.Message;
                warn(failure);
            }
        }

        return new SshDataWriter().AddText(algorithm.Name).AddString(new byte[64]).ToArray();
    }
}
