using Org.BouncyCastle.Crypto.Digests;

namespace BdSync.Protocol.Hashing;

/// <summary>
/// SHAKE with the output length that OpenSSL 3.0 gives by default, which is what the C tool uses: as many bytes as the name's
/// number has bits of strength by eight (16 for shake128, 32 for shake256).
/// </summary>
internal sealed class ExtendableOutputDigest(int strength) : RunningDigest
{
    private readonly ShakeDigest digest = new(strength);

    public override int Size { get; } = strength / 8;

    public override void Append(ReadOnlySpan<byte> data) => digest.BlockUpdate(data);

    public override void Finish(Span<byte> destination) => digest.OutputFinal(destination[..Size]);

    public override void Dispose()
    {
        // It holds managed memory only.
    }
}
