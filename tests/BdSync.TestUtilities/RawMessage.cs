using System.Buffers.Binary;
using System.Text;

namespace BdSync.TestUtilities;

/// <summary>Messages as bytes, right or wrong ones: written from the specification, without the library's own wire code.</summary>
public static class RawMessage
{
    /// <summary>Any token and any payload, with the length that belongs to them.</summary>
    public static byte[] Create(byte token, params ReadOnlySpan<byte> payload) => WithLength((uint)payload.Length + 1, token, payload);

    /// <summary>Any length in front of a token and a payload.</summary>
    public static byte[] WithLength(uint length, byte token, params ReadOnlySpan<byte> payload) => [.. Length(length), token, .. payload];

    public static byte[] Hello(string text = "CLIENT 0.5") => Create(1, Encoding.UTF8.GetBytes(text));

    public static byte[] DevFile(string path) => Create(2, Encoding.UTF8.GetBytes(path));

    public static byte[] Size(long length) => Create(3, Number(length));

    public static byte[] Digests(string digest = "md5", string checksum = "", params ReadOnlySpan<byte> salt) =>
        Create(4, [(byte)salt.Length, .. salt, .. Encoding.UTF8.GetBytes(digest), 0, .. Encoding.UTF8.GetBytes(checksum), 0]);

    public static byte[] GetHashes(long start, long step, long count) => Create(5, [.. Number(start), .. Number(step), .. Number(count)]);

    public static byte[] Hashes(long start, long step, long count, params ReadOnlySpan<byte> digests) =>
        Create(6, [.. Number(start), .. Number(step), .. Number(count), .. digests]);

    public static byte[] Done() => Create(7);

    public static byte[] GetBlock(long position, long length) => Create(8, [.. Number(position), .. Number(length)]);

    public static byte[] Block(long position, params ReadOnlySpan<byte> data) => Create(9, [.. Number(position), .. data]);

    public static byte[] GetChecksum() => Create(10);

    public static byte[] Checksum(params ReadOnlySpan<byte> digest) => Create(11, digest);

    /// <summary>Several messages, one behind the other.</summary>
    public static byte[] Join(params IEnumerable<byte[]> messages) => [.. messages.SelectMany(message => message)];

    /// <summary>Cuts what a peer sent into messages: each with its length in front.</summary>
    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> stream)
    {
        List<byte[]> messages = [];
        while (!stream.IsEmpty)
        {
            var length = 4 + (int)BinaryPrimitives.ReadUInt32LittleEndian(stream);
            messages.Add(stream[..length].ToArray());
            stream = stream[length..];
        }

        return messages;
    }

    public static byte[] Number(long value)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Length(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
