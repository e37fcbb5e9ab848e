using System.IO.Hashing;

namespace BdSync.Protocol.Hashing;

/// <summary>xxh128 of the block, seeded with the salt; in the canonical, big-endian form that <c>xxhsum -H2</c> prints.</summary>
internal sealed class XxHash128Digest : SaltedDigest
{
    private readonly long seed;
    private readonly XxHash128 running;

    public XxHash128Digest(ReadOnlySpan<byte> salt)
    {
        seed = unchecked((long)XxHashSeed.FromSalt(salt));
        running = new(seed);
    }

    public override void Hash(ReadOnlySpan<byte> block, Span<byte> destination) => XxHash128.Hash(block, destination, seed);

    public override void Begin() => running.Reset();

    public override void Append(ReadOnlySpan<byte> piece) => running.Append(piece);

    public override void Finish(Span<byte> destination) => running.GetHashAndReset(destination);

    public override void Dispose()
    {
        // It holds managed memory only.
    }
}
