using System.Buffers;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The client asks for the checksum of all that was hashed.</summary>
internal readonly record struct GetChecksum : IMessage
{
    // empty
    public static GetChecksum Read(Frame frame)
    {
        new MessageReader(frame).ReadEnd();
        return default;
    }

    public void WriteTo(IBufferWriter<byte> output) => output.WriteHeader(MessageType.GetChecksum, 0);
}
