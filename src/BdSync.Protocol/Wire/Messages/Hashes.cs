using System.Buffers;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The server's answer to <see cref="GetHashes"/>: its three numbers, then the digests.</summary>
/// <param name="Request">The numbers of the request.</param>
/// <param name="Digests">The digests, one behind the other; empty for a hint.</param>
internal readonly record struct Hashes(GetHashes Request, ReadOnlyMemory<byte> Digests) : IMessage
{
    // i64 start, i64 step, i64 count, count × digest
    /// <summary>Reads the answer to a request.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="expected">What was asked for.</param>
    /// <param name="digests">Receives the digests: as many bytes as the answer must have.</param>
    public static void Read(Frame frame, GetHashes expected, Span<byte> digests)
    {
        var reader = new MessageReader(frame);
        var actual = new GetHashes(reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        if (actual != expected)
        {
            throw new ProtocolException(
                $"The peer answered for {actual.Count} blocks of {actual.Step} bytes from {actual.Start}; asked for were {expected.Count} of {expected.Step} from {expected.Start}.");
        }

        reader.ReadBytes(digests);
        reader.ReadEnd();
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteHeader(MessageType.Hashes, WireLimits.HashesHeaderLength + Digests.Length);
        output.WriteInt64(Request.Start);
        output.WriteInt64(Request.Step);
        output.WriteInt64(Request.Count);
        output.Write(Digests.Span);
    }
}
