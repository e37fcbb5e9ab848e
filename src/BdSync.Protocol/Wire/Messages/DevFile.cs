using System.Buffers;
using System.Text;

namespace BdSync.Protocol.Wire.Messages;

/// <summary>The client names the remote device.</summary>
/// <param name="Path">The path on the server.</param>
internal readonly record struct DevFile(string Path) : IMessage
{
    // text: path, at least 2 bytes, no NUL
    public static DevFile Read(Frame frame)
    {
        var reader = new MessageReader(frame);
        return reader.Remaining >= WireLimits.MinPathLength
            ? new(reader.ReadRemainingText(WireLimits.MaxPathLength))
            : throw new ProtocolException($"The peer named a device with {reader.Remaining} bytes; at least {WireLimits.MinPathLength} are needed.");
    }

    public void WriteTo(IBufferWriter<byte> output)
    {
        output.WriteHeader(MessageType.DevFile, Encoding.UTF8.GetByteCount(Path));
        output.WriteText(Path);
    }
}
