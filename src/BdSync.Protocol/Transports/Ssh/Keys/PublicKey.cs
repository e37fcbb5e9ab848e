using System.Security.Cryptography;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>A public key or a certificate of one, as it goes over the wire (RFC 4253, section 6.6; OpenSSH's PROTOCOL.certkeys).</summary>
internal sealed class PublicKey
{
    private const uint UserCertificate = 1;

    private readonly byte[] plainBlob;

    private PublicKey(KeyType type, byte[] blob, byte[] plainBlob, bool isCertificate, ulong validBefore)
    {
        Type = type;
        Blob = blob;
        this.plainBlob = plainBlob;
        IsCertificate = isCertificate;
        ValidBefore = validBefore;
    }

    public KeyType Type { get; }

    /// <summary>All of it, as a server gets it.</summary>
    public byte[] Blob { get; }

    public bool IsCertificate { get; }

    /// <summary>When a certificate ends, in seconds since 1970; the largest number for one that doesn't, and for a key.</summary>
    public ulong ValidBefore { get; }

    /// <summary>What ssh-keygen -l shows: the key's, for a certificate, too.</summary>
    public string Fingerprint => "SHA256:" + Convert.ToBase64String(SHA256.HashData(plainBlob)).TrimEnd('=');

    /// <summary>The kind and the fingerprint, for messages.</summary>
    public string Description
    {
        get
        {
            var isOver = ValidBefore < (ulong)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            return $"{Type.ShortName}{(IsCertificate ? "-CERT" : "")} {Fingerprint}{(isOver ? $" that ended on {DateTimeOffset.FromUnixTimeSeconds((long)ValidBefore):u}" : "")}";
        }
    }

    /// <summary>Reads a key or a certificate.</summary>
    /// <exception cref="FormatException">It is damaged, or of a kind that a user can't log in with here.</exception>
    public static PublicKey Parse(ReadOnlySpan<byte> blob)
    {
        var reader = new SshDataReader(blob);
        var name = reader.ReadText();
        var type = KeyType.Find(name) ?? throw new FormatException($"It is of the type '{PrintableText.Shorten(name)}', which is not supported: use Ed25519, ECDSA or RSA.");
        var isCertificate = name == type.CertificateName;
        if (isCertificate)
        {
            reader.ReadString();
        }

        var plain = new SshDataWriter().AddText(type.Name);
        for (var field = 0; field < type.FieldCount; field++)
        {
            plain.AddString(reader.ReadString());
        }

        var validBefore = isCertificate ? ReadCertificate(ref reader) : ulong.MaxValue;
        return reader.Remaining.IsEmpty || isCertificate
            ? new(type, blob.ToArray(), plain.ToArray(), isCertificate, validBefore)
            : throw new FormatException($"{reader.Remaining.Length} bytes follow the public key.");
    }

    /// <summary>Reads a line of a .pub file: a type, base64, and perhaps a comment (sshd(8), AUTHORIZED_KEYS FILE FORMAT).</summary>
    /// <exception cref="FormatException">It is no such line.</exception>
    public static PublicKey ParseLine(string line)
    {
        var words = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var key = words.Length >= 2 ? Parse(Convert.FromBase64String(words[1])) : throw new FormatException("It is no public key: a type and a base64 text were due.");
        var name = new SshDataReader(key.Blob).ReadText();
        return name == words[0] ? key : throw new FormatException($"The line says '{PrintableText.Shorten(words[0])}', the key '{name}'.");
    }

    /// <summary>Whether it is the very same key or certificate.</summary>
    public bool IsSameAs(PublicKey other) => Blob.AsSpan().SequenceEqual(other.Blob);

    /// <summary>Whether one private key signs for both: a certificate and its key.</summary>
    public bool HasSamePrivateKeyAs(PublicKey other) => plainBlob.AsSpan().SequenceEqual(other.plainBlob);

    /// <summary>What it is offered as when it signs in that way.</summary>
    public string GetOfferedName(SignatureAlgorithm algorithm) => IsCertificate ? algorithm.CertificateName : algorithm.Name;

    private static ulong ReadCertificate(ref SshDataReader reader)
    {
        reader.ReadUInt64();
        var use = reader.ReadUInt32();
        if (use != UserCertificate)
        {
            throw new FormatException($"It is a certificate of type {use}, where {UserCertificate}, a user's, was due.");
        }

        reader.ReadString();
        reader.ReadString();
        reader.ReadUInt64();
        return reader.ReadUInt64();
    }
}
