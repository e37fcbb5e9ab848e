using System.Buffers;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The server states the size of the remote device.</summary>
/// <param name="Length">The size in bytes.</param>
internal readonly record struct Size(long Length) : IMessage
{
    // i64 size
    public static Size Read(Frame frame)
    {
        var reader = new MessageReader(frame);
        var length = reader.ReadInt64();
        reader.ReadEnd();
        return length >= 0 ? new(length) : throw new ProtocolException($"The peer's device has a size of {length} bytes; it can't be negative.");
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteHeader(MessageType.Size, sizeof(long));
        output.WriteInt64(Length);
    }
}
