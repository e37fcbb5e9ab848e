using System.Buffers.Binary;

namespace BdSync.Protocol.Hashing;

/// <summary>The seed that the salt becomes for xxHash.</summary>
internal static class XxHashSeed
{
    /// <summary>The first 8 bytes of the salt, little-endian; a shorter salt is filled up with zeros. See docs/protocol.md, extensions.</summary>
    public static ulong FromSalt(ReadOnlySpan<byte> salt)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        salt[..Math.Min(salt.Length, bytes.Length)].CopyTo(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
