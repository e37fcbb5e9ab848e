using Renci.SshNet;
using Renci.SshNet.Security;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>A key with one way to sign, as SSH.NET asks for them.</summary>
internal sealed class OfferedKey(UserKey key, SignatureAlgorithm algorithm) : HostAlgorithm(key.PublicKey.GetOfferedName(algorithm)), IPrivateKeySource
{
    /// <inheritdoc/>
    public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms => [this];

    /// <inheritdoc/>
    /// <remarks>SSH.NET reads it when it is this key's turn, not before.</remarks>
    public override byte[] Data => key.Offer();

    /// <inheritdoc/>
    public override byte[] Sign(byte[] data) => key.Sign(algorithm, data);

    /// <inheritdoc/>
    public override bool VerifySignature(byte[] data, byte[] signature) => throw new NotSupportedException("A user's key signs; it verifies nothing.");
}
