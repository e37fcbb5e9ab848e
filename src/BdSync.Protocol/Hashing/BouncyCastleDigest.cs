using Org.BouncyCastle.Crypto;

namespace BdSync.Protocol.Hashing;

/// <summary>A digest that .NET lacks and BouncyCastle computes.</summary>
internal sealed class BouncyCastleDigest(IDigest digest) : RunningDigest
{
    public override int Size { get; } = digest.GetDigestSize();

    public override void Append(ReadOnlySpan<byte> data) => digest.BlockUpdate(data);

    public override void Finish(Span<byte> destination) => digest.DoFinal(destination);

    public override void Dispose()
    {
        // It holds managed memory only.
    }
}
