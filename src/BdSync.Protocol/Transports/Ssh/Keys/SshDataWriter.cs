using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>Writes the data types of SSH (RFC 4251, section 5).</summary>
internal sealed class SshDataWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public SshDataWriter AddByte(byte value)
    {
        buffer.Write([value]);
        return this;
    }

    public SshDataWriter AddUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(buffer.GetSpan(sizeof(uint)), value);
        buffer.Advance(sizeof(uint));
        return this;
    }

    /// <summary>Bytes as they are, without a length.</summary>
    public SshDataWriter AddBytes(ReadOnlySpan<byte> value)
    {
        buffer.Write(value);
        return this;
    }

    /// <summary>A string in the sense of RFC 4251: the length, then the bytes.</summary>
    public SshDataWriter AddString(ReadOnlySpan<byte> value) => AddUInt32((uint)value.Length).AddBytes(value);

    public SshDataWriter AddText(string value) => AddString(Encoding.UTF8.GetBytes(value));

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();
}
