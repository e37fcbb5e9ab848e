using System.Buffers;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The server's answer to <see cref="GetBlock"/>.</summary>
/// <param name="Position">Where the data lies on the remote device, in bytes.</param>
/// <param name="Data">The data, at least one byte.</param>
internal readonly record struct Block(long Position, ReadOnlyMemory<byte> Data) : IMessage
{
    // i64 position, data
    /// <summary>Reads the answer to a request.</summary>
    /// <param name="frame">The message.</param>
    /// <param name="expected">What was asked for.</param>
    /// <param name="data">Receives the data: as many bytes as were asked for.</param>
    public static void Read(Frame frame, GetBlock expected, Span<byte> data)
    {
        var reader = new MessageReader(frame);
        var position = reader.ReadInt64();
        if (position != expected.Position || reader.Remaining != expected.Length)
        {
            throw new ProtocolException(
                $"The peer answered with {reader.Remaining} bytes from {position}; asked for were {expected.Length} from {expected.Position}.");
        }

        reader.ReadBytes(data);
        reader.ReadEnd();
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteHeader(MessageType.Block, sizeof(long) + Data.Length);
        output.WriteInt64(Position);
        output.Write(Data.Span);
    }
}
