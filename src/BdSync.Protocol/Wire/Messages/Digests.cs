using System.Buffers;
using System.Text;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The client says how blocks are hashed, and whether it will want a checksum. May come again at any time.</summary>
/// <param name="Salt">What is hashed before each block; at most 127 bytes.</param>
/// <param name="Digest">The name of the block digest.</param>
/// <param name="Checksum">The name of the checksum; empty for none.</param>
internal readonly record struct Digests(ReadOnlyMemory<byte> Salt, string Digest, string Checksum) : IMessage
{
    // u8 length of the salt, salt, name of the digest, NUL, name of the checksum, NUL
    public static Digests Read(Frame frame)
    {
        var reader = new MessageReader(frame);
        var saltLength = reader.ReadByte();
        if (saltLength > WireLimits.MaxSaltLength)
        {
            throw new ProtocolException($"The peer sent a salt of {saltLength} bytes; at most {WireLimits.MaxSaltLength} are allowed.");
        }

        var salt = new byte[saltLength];
        reader.ReadBytes(salt);
        var digest = reader.ReadTerminatedText(WireLimits.MaxDigestNameLength);
        var checksum = reader.ReadTerminatedText(WireLimits.MaxDigestNameLength);
        reader.ReadEnd();
        return new(salt, digest, checksum);
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteHeader(MessageType.Digests, Salt.Length + Encoding.UTF8.GetByteCount(Digest) + Encoding.UTF8.GetByteCount(Checksum) + 3);
        output.WriteByte((byte)Salt.Length);
        output.Write(Salt.Span);
        output.WriteText(Digest);
        output.WriteByte(0);
        output.WriteText(Checksum);
        output.WriteByte(0);
    }
}
