using System.Buffers.Binary;
using System.Text;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>Reads the data types of SSH (RFC 4251, section 5) from bytes that nobody has checked yet.</summary>
/// <remarks>Every method throws <see cref="FormatException"/> where the bytes end too early; a length is never believed before it is compared with them.</remarks>
internal ref struct SshDataReader(ReadOnlySpan<byte> data)
{
    /// <summary>What has not been read yet.</summary>
    public ReadOnlySpan<byte> Remaining { get; private set; } = data;

    public byte ReadByte() => Read(sizeof(byte))[0];

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Read(sizeof(uint)));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64BigEndian(Read(sizeof(ulong)));

    /// <summary>A string in the sense of RFC 4251: any bytes, with their length before them.</summary>
    public ReadOnlySpan<byte> ReadString()
    {
        var length = ReadUInt32();
        return length <= Remaining.Length
            ? Read((int)length)
            : throw new FormatException($"A string of {length} bytes was announced where {Remaining.Length} are left.");
    }

    /// <summary>A string that is text; what is no UTF-8 becomes U+FFFD.</summary>
    public string ReadText() => Encoding.UTF8.GetString(ReadString());

    private ReadOnlySpan<byte> Read(int length)
    {
        if (length > Remaining.Length)
        {
            throw new FormatException($"{length} bytes were due where {Remaining.Length} are left.");
        }

        var read = Remaining[..length];
        Remaining = Remaining[length..];
        return read;
    }
}
