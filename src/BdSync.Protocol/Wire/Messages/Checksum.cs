using System.Buffers;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The server's answer to <see cref="GetChecksum"/>.</summary>
/// <param name="Digest">The digest; empty where none was asked for.</param>
internal readonly record struct Checksum(ReadOnlyMemory<byte> Digest) : IMessage
{
    // digest; empty where none was asked for
    /// <summary>Reads the checksum.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="digest">Receives it: as many bytes as the digest must have.</param>
    public static void Read(Frame frame, Span<byte> digest)
    {
        var reader = new MessageReader(frame);
        if (reader.Remaining != digest.Length)
        {
            throw new ProtocolException($"The peer sent a checksum of {reader.Remaining} bytes; the digest has {digest.Length}.");
        }

        reader.ReadBytes(digest);
        reader.ReadEnd();
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteHeader(MessageType.Checksum, Digest.Length);
        output.Write(Digest.Span);
    }
}
