namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>A kind of key that a user can log in with. DSA is none, and RSA signs with SHA-2 only (RFC 8332): servers refuse the rest.</summary>
/// <param name="Name">The first string of the public key.</param>
/// <param name="CertificateName">The first string of a certificate.</param>
/// <param name="ShortName">What ssh-keygen(1) and ssh-add(1) call it.</param>
/// <param name="FieldCount">How many strings follow the name in the public key.</param>
/// <param name="Algorithms">How it can sign, the best one first.</param>
internal sealed record KeyType(string Name, string CertificateName, string ShortName, int FieldCount, IReadOnlyList<SignatureAlgorithm> Algorithms)
{
    private const string CertificateEnd = "-cert-v01@openssh.com";

    private const string VendorEnd = "@openssh.com";

    private static readonly KeyType[] All =
    [
        Create("ssh-ed25519", "ED25519", 1),
        Create("ecdsa-sha2-nistp256", "ECDSA", 2),
        Create("ecdsa-sha2-nistp384", "ECDSA", 2),
        Create("ecdsa-sha2-nistp521", "ECDSA", 2),
        new("ssh-rsa", "ssh-rsa" + CertificateEnd, "RSA", 2, [CreateAlgorithm("rsa-sha2-512", 4), CreateAlgorithm("rsa-sha2-256", 2)]),
        Create("sk-ssh-ed25519" + VendorEnd, "ED25519-SK", 2),
        Create("sk-ecdsa-sha2-nistp256" + VendorEnd, "ECDSA-SK", 3),
    ];

    /// <summary>Whether the private part is in a FIDO token, and only an agent can have signatures made.</summary>
    public bool IsHardware => Name.StartsWith("sk-", StringComparison.Ordinal);

    /// <summary>The kind with this name, be it the key's or the certificate's; null where there is none.</summary>
    public static KeyType? Find(string name) => Array.Find(All, type => type.Name == name || type.CertificateName == name);

    private static KeyType Create(string name, string shortName, int fieldCount)
    {
        var algorithm = CreateAlgorithm(name, 0);
        return new(name, algorithm.CertificateName, shortName, fieldCount, [algorithm]);
    }

    private static SignatureAlgorithm CreateAlgorithm(string name, uint agentFlags) =>
        new(name, (name.EndsWith(VendorEnd, StringComparison.Ordinal) ? name[..^VendorEnd.Length] : name) + CertificateEnd, agentFlags);
}
