using System.Buffers.Binary;
using K4os.Hash.xxHash;

namespace BdSync.Protocol.Hashing;

/// <summary>
/// xxh64 of the block, seeded with the salt; in the canonical, big-endian form that <c>xxhsum -H1</c> prints. K4os's is faster
/// than System.IO.Hashing's: see docs/performance.md.
/// </summary>
internal sealed class XxHash64Digest : SaltedDigest
{
    private readonly ulong seed;
    private readonly XXH64 running;

    public XxHash64Digest(ReadOnlySpan<byte> salt)
    {
        seed = XxHashSeed.FromSalt(salt);
        running = new(seed);
    }

    public override unsafe void Hash(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        fixed (byte* start = block)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination, XXH64.DigestOf(start, block.Length, seed));
        }
    }

    public override void Begin() => running.Reset(seed);

    public override void Append(ReadOnlySpan<byte> piece) => running.Update(piece);

    public override void Finish(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, running.Digest());

    public override void Dispose()
    {
        // It holds managed memory only.
    }
}
