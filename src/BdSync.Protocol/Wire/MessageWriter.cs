using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BdSync.Protocol.Wire;

/// <summary>Writes the fields of a message in their order. Pure: from values to bytes.</summary>
internal static class MessageWriter
{
    /// <summary>Writes length and token.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="type">The token.</param>
    /// <param name="payloadLength">How many bytes will follow.</param>
    public static void WriteHeader(this IBufferWriter<byte> output, MessageType type, int payloadLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payloadLength, WireLimits.MaxMessageLength - 1);
        var span = output.GetSpan(WireLimits.LengthSize + 1);
        BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)payloadLength + 1);
        span[WireLimits.LengthSize] = (byte)type;
        output.Advance(WireLimits.LengthSize + 1);
    }

    public static void WriteByte(this IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public static void WriteInt64(this IBufferWriter<byte> output, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    public static void WriteText(this IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
