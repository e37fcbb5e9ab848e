namespace BdSync.Protocol.Hashing;

/// <summary>The digest of a block with the salt of a session. Not safe for several threads.</summary>
internal abstract class SaltedDigest : IDisposable
{
    /// <summary>Hashes a block that is in memory.</summary>
    /// <param name="block">The block.</param>
    /// <param name="destination">Receives the digest: as many bytes as it has.</param>
    public abstract void Hash(ReadOnlySpan<byte> block, Span<byte> destination);

    /// <summary>Starts a block that comes in pieces.</summary>
    public abstract void Begin();

    public abstract void Append(ReadOnlySpan<byte> piece);

    public abstract void Finish(Span<byte> destination);

    public abstract void Dispose();
}
