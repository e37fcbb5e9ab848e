using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>
/// A name that a known_hosts file keeps to itself: <c>|1|SALT|HASH</c>, both in base64, the hash being HMAC-SHA1 of the name with the salt as the
/// key (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). Nothing is allocated: files have thousands of them.
/// </summary>
internal readonly ref struct HashedHostName
{
    private const int EncodedLength = 28;

    private readonly ReadOnlySpan<byte> salt;
    private readonly ReadOnlySpan<byte> hash;

    private HashedHostName(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hash)
    {
        this.salt = salt;
        this.hash = hash;
    }

    /// <summary>The room that <see cref="TryRead"/> needs: the salt and the hash.</summary>
    public static int BufferLength => 2 * HMACSHA1.HashSizeInBytes;

    public static bool IsHashed(ReadOnlySpan<byte> names) => names is [(byte)'|', ..];

    /// <summary>Reads a hashed name into <paramref name="buffer"/>; false if it is damaged or hashed in another way.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, Span<byte> buffer, out HashedHostName name)
    {
        name = default;
        if (!text.StartsWith("|1|"u8) || text.Length != "|1||".Length + (2 * EncodedLength) || text["|1|".Length + EncodedLength] != '|')
        {
            return false;
        }

        var salt = buffer[..HMACSHA1.HashSizeInBytes];
        var hash = buffer[HMACSHA1.HashSizeInBytes..BufferLength];
        if (!TryDecode(text.Slice("|1|".Length, EncodedLength), salt) || !TryDecode(text[^EncodedLength..], hash))
        {
            return false;
        }

        name = new HashedHostName(salt, hash);
        return true;
    }

    public bool IsMatch(ReadOnlySpan<byte> name)
    {
        Span<byte> result = stackalloc byte[HMACSHA1.HashSizeInBytes];
        // The format has no other; nothing is trusted for the hash, it only keeps names from who reads the file.
#pragma warning disable CA5350
        HMACSHA1.HashData(salt, name, result);
#pragma warning restore CA5350
        return result.SequenceEqual(hash);
    }

    private static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes) =>
        Base64.DecodeFromUtf8(text, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length;
}
