using System.Buffers;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>Each peer's last message.</summary>
internal readonly record struct Done : IMessage
{
    // empty
    public static Done Read(Frame frame)
    {
        new MessageReader(frame).ReadEnd();
        return default;
    }

    public void WriteTo(IBufferWriter<byte> output) => output.WriteHeader(MessageType.Done, 0);
}
