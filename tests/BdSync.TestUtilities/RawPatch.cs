using System.Buffers.Binary;
using System.Text;

namespace BdSync.TestUtilities;

/// <summary>A patch as bytes, right or wrong: written from the specification, without the library's own writer.</summary>
public sealed class RawPatch
{
    private readonly List<byte> bytes = [];

    /// <summary>Starts with a header.</summary>
    public RawPatch(long deviceLength, string name = "target", string signature = "BDSYNC 0.3\n")
        : this(deviceLength, Encoding.UTF8.GetBytes(name), signature)
    {
    }

    /// <summary>Starts with a header.</summary>
    public RawPatch(long deviceLength, byte[] name, string signature = "BDSYNC 0.3\n")
    {
        bytes.AddRange(Encoding.ASCII.GetBytes(signature));
        bytes.AddRange(RawMessage.Number(deviceLength));
        bytes.AddRange(UInt16(name.Length));
        bytes.AddRange(name);
    }

    /// <summary>Adds a record.</summary>
    public RawPatch Record(long position, params ReadOnlySpan<byte> data)
    {
        bytes.AddRange(RawMessage.Number(position));
        bytes.AddRange(UInt16(data.Length));
        bytes.AddRange(data);
        return this;
    }

    /// <summary>Adds the end, with a checksum where one is given, and returns the patch.</summary>
    public byte[] End(string? checksum = null, params ReadOnlySpan<byte> digest)
    {
        Record(0);
        if (checksum is null)
        {
            bytes.Add(0);
        }
        else
        {
            bytes.Add((byte)checksum.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(checksum));
            bytes.Add((byte)digest.Length);
            bytes.AddRange(digest);
        }

        return ToArray();
    }

    /// <summary>The bytes so far, without an end.</summary>
    public byte[] ToArray() => [.. bytes];

    private static byte[] UInt16(int value)
    {
        var result = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(result, (ushort)value);
        return result;
    }
}
