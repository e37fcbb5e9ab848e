using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>
/// A public key as it goes over the wire: the type, and fields that depend on it, each a string with its length before it (RFC 4253, section 6.6).
/// Two keys are the same if their bytes are.
/// </summary>
internal sealed class HostKey
{
    /// <summary>A larger one is taken for damaged: an RSA key of 16384 bits, the largest that OpenSSH makes, has about 2 KiB.</summary>
    public const int MaxBlobLength = 16 * 1024;

    /// <summary>Algorithm names have at most 64 characters (RFC 4251, section 6).</summary>
    public const int MaxTypeLength = 64;

    private const int Ed25519KeyLength = 32;
    private const string CertificateSuffix = "-cert-v01@openssh.com";

    private readonly byte[] blob;

    private HostKey(string type, byte[] blob)
    {
        Type = type;
        this.blob = blob;
    }

    /// <summary>Such as <c>ssh-ed25519</c>; <c>ssh-rsa</c> for RSA keys, whatever they sign with.</summary>
    public string Type { get; }

    public ReadOnlySpan<byte> Blob => blob;

    /// <summary><c>SHA256:</c> and base64 without padding, as <c>ssh-keygen -l</c> shows it.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(blob)).TrimEnd('=');

    /// <summary>Reads a key; false if it is no key or a certificate.</summary>
    public static bool TryRead(ReadOnlySpan<byte> blob, [NotNullWhen(true)] out HostKey? key)
    {
        key = null;
        var rest = blob;
        if (blob.Length > MaxBlobLength || !TryReadString(ref rest, out var typeBytes) || !IsAlgorithmName(typeBytes) || rest.IsEmpty)
        {
            return false;
        }

        var type = Encoding.ASCII.GetString(typeBytes);
        if (type.EndsWith(CertificateSuffix, StringComparison.Ordinal))
        {
            return false;
        }

        while (!rest.IsEmpty)
        {
            if (!TryReadString(ref rest, out var field) || (type == "ssh-ed25519" && field.Length != Ed25519KeyLength))
            {
                return false;
            }
        }

        key = new HostKey(type, blob.ToArray());
        return true;
    }

    public bool IsSameAs(HostKey other) => blob.AsSpan().SequenceEqual(other.blob);

    /// <summary>The type and the key in base64, as in known_hosts and <c>.pub</c> files.</summary>
    public override string ToString() => $"{Type} {Convert.ToBase64String(blob)}";

    private static bool TryReadString(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!BinaryPrimitives.TryReadUInt32BigEndian(rest, out var length) || length > (uint)(rest.Length - sizeof(uint)))
        {
            return false;
        }

        value = rest.Slice(sizeof(uint), (int)length);
        rest = rest[(sizeof(uint) + (int)length)..];
        return true;
    }

    private static bool IsAlgorithmName(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= MaxTypeLength && !name.ContainsAnyExceptInRange((byte)'!', (byte)'~');
}
