using System.Security.Cryptography;
using Renci.SshNet;
using Renci.SshNet.Security;
using Renci.SshNet.Security.Cryptography;

namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>
/// The host key algorithms to offer: those first for which the host's keys are known, so that a host with several keys shows one that can be
/// checked. Certificates are offered where an authority is trusted with the host. What isn't offered isn't accepted either.
/// </summary>
internal static class HostKeyAlgorithms
{
    private const string RsaKeyType = "ssh-rsa";
    private const string CertificateSuffix = "-cert-v01@openssh.com";

    // Best first. ssh-rsa is RSA with SHA-1, and ssh-dss has 1024 bits: OpenSSH has both off.
    private static readonly string[] Preferred =
        ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256"];

    /// <summary>The names to offer, best first.</summary>
    /// <param name="keyTypes">The types of the keys that are known for the host.</param>
    /// <param name="withCertificates">Whether an authority is trusted with the host.</param>
    public static IEnumerable<string> Order(IEnumerable<string> keyTypes, bool withCertificates)
    {
        var known = keyTypes.ToHashSet(StringComparer.Ordinal);
        var certificates = withCertificates ? Preferred.Select(name => name + CertificateSuffix) : [];
        return [.. certificates, .. Preferred.OrderByDescending(name => known.Contains(GetKeyType(name)))];
    }

    /// <summary>Sets what a connection offers, before it is connected.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="names">The names to offer, best first; those that SSH.NET doesn't have are left out.</param>
    /// <param name="isAcceptable">Asked for every certificate; where it says no, the host's key is taken without its certificate, as ssh(1) does.</param>
    public static void Set(ConnectionInfo connection, IEnumerable<string> names, Func<Certificate, bool> isAcceptable)
    {
        var available = connection.HostKeyAlgorithms.ToDictionary(pair => pair.Key, pair => pair.Value);
        connection.HostKeyAlgorithms.Clear();
        foreach (var name in names)
        {
            if (available.TryGetValue(name, out var create))
            {
                connection.HostKeyAlgorithms.Add(name, !name.EndsWith(CertificateSuffix, StringComparison.Ordinal) ? create : data =>
                {
                    var certificate = new Certificate(data);
                    return isAcceptable(certificate) ? create(data) : CreatePlain(name[..^CertificateSuffix.Length], certificate);
                });
            }
        }
    }

    private static string GetKeyType(string name) => name.StartsWith("rsa-sha2-", StringComparison.Ordinal) ? RsaKeyType : name;

    private static KeyHostAlgorithm CreatePlain(string name, Certificate certificate) => name switch
    {
        "rsa-sha2-512" => new KeyHostAlgorithm(name, certificate.Key, new RsaDigitalSignature((RsaKey)certificate.Key, HashAlgorithmName.SHA512)),
        "rsa-sha2-256" => new KeyHostAlgorithm(name, certificate.Key, new RsaDigitalSignature((RsaKey)certificate.Key, HashAlgorithmName.SHA256)),
        _ => new KeyHostAlgorithm(name, certificate.Key),
    };
}
