using System.Buffers;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The client asks for data.</summary>
/// <param name="Position">Where it starts, in bytes.</param>
/// <param name="Length">How much, in bytes.</param>
internal readonly record struct GetBlock(long Position, long Length) : IMessage
{
    // i64 position, i64 length
    public static GetBlock Read(Frame frame)
    {
        var reader = new MessageReader(frame);
        var message = new GetBlock(reader.ReadInt64(), reader.ReadInt64());
        reader.ReadEnd();
        return message;
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteHeader(MessageType.GetBlock, 2 * sizeof(long));
        output.WriteInt64(Position);
        output.WriteInt64(Length);
    }
}
