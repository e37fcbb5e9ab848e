namespace BdSync.Protocol.Patching;

/// <summary>The checksum over the whole source device that a patch may carry.</summary>
/// <param name="Name">The name of the digest, as the user typed it; 1 to 127 bytes of ASCII are written, up to 255 bytes are read.</param>
/// <param name="Digest">The digest, up to 255 bytes.</param>
public sealed record PatchChecksum(string Name, ReadOnlyMemory<byte> Digest)
{
    /// <summary>The digest in hexadecimal, lower case.</summary>
    public string DigestText => Convert.ToHexStringLower(Digest.Span);
}
