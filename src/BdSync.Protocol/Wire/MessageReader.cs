using System.Buffers;
using System.Text;

namespace BdSync.Protocol.Wire;

/// <summary>Reads the fields of a message in their order. What is missing or left over is the peer's fault.</summary>
internal ref struct MessageReader(Frame frame)
{
    private readonly MessageType type = frame.Type;
    private SequenceReader<byte> reader = new(frame.Payload);

    public readonly int Remaining => (int)reader.Remaining;

    public byte ReadByte() => reader.TryRead(out var value) ? value : throw Truncated();

    public long ReadInt64() => reader.TryReadLittleEndian(out long value) ? value : throw Truncated();

    /// <summary>Fills all of <paramref name="destination"/>.</summary>
    public void ReadBytes(Span<byte> destination)
    {
        if (!reader.TryCopyTo(destination))
        {
            throw Truncated();
        }

        reader.Advance(destination.Length);
    }

    /// <summary>Reads text up to a NUL.</summary>
    public string ReadTerminatedText(int maxLength)
    {
        if (!reader.TryReadTo(out ReadOnlySequence<byte> text, (byte)0))
        {
            throw new ProtocolException($"The peer sent a {type} message with a text that has no end.");
        }

        return ToText(text, maxLength);
    }

    /// <summary>Reads text up to the end of the message.</summary>
    public string ReadRemainingText(int maxLength)
    {
        var text = reader.UnreadSequence;
        reader.AdvanceToEnd();
        return ToText(text, maxLength);
    }

    /// <summary>Checks that nothing is left.</summary>
    public readonly void ReadEnd()
    {
        if (reader.Remaining > 0)
        {
            throw new ProtocolException($"The peer sent a {type} message with {reader.Remaining} bytes too many.");
        }
    }

    private readonly string ToText(ReadOnlySequence<byte> text, int maxLength) =>
        text.Length <= maxLength
            ? Encoding.UTF8.GetString(text)
            : throw new ProtocolException($"The peer sent a {type} message with a text of {text.Length} bytes; at most {maxLength} are allowed.");

    private readonly ProtocolException Truncated() => new($"The peer sent a {type} message that is too short: {frame.Payload.Length} bytes.");
}
