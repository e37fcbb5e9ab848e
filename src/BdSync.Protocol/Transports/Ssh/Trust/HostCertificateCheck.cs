using System.Text;
using Renci.SshNet.Security;

namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>
/// Whether a host's certificate may stand for the host: signed by an authority that a <c>@cert-authority</c> line trusts with it, for this host, and
/// now (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT; ssh-keygen(1), CERTIFICATES). That the signatures are right is SSH.NET's part: the authority's, with an
/// algorithm that is offered for host keys, and the host's.
/// </summary>
internal static class HostCertificateCheck
{
    /// <summary>What speaks against a certificate, as the rest of a sentence on it; null if nothing does.</summary>
    public static string? FindObjection(Certificate certificate, KnownHosts knownHosts, DateTimeOffset now)
    {
        if (!HostKey.TryRead(certificate.CertificateAuthorityKey, out var authority))
        {
            return "is signed by something that is not a key";
        }

        if (!knownHosts.Authorities.Any(entry => entry.Key.IsSameAs(authority)))
        {
            return $"is signed by {authority.Type} {authority.Fingerprint}, which is no certificate authority for this host";
        }

        var seconds = (ulong)now.ToUnixTimeSeconds();
        return certificate.Type != Certificate.CertificateType.Host ? "is for users, not for hosts"
            : seconds < certificate.ValidAfterUnixSeconds ? $"is not valid before {Show(certificate.ValidAfterUnixSeconds)}"
            : seconds >= certificate.ValidBeforeUnixSeconds ? $"was valid until {Show(certificate.ValidBeforeUnixSeconds)}"
            : certificate.CriticalOptions.Count > 0 ? "has critical options, and none is known for hosts"
            : !certificate.ValidPrincipals.Any(principal => IsNameOf(principal, knownHosts.Names.Host)) ? $"is not for the name {knownHosts.Names.Host}"
            : null;
    }

    // ssh(1) takes principals of hosts for patterns, and compares case.
    private static bool IsNameOf(string principal, string host)
    {
        var pattern = Encoding.UTF8.GetBytes(principal);
        return !pattern.AsSpan().ContainsAnyInRange((byte)'A', (byte)'Z') && HostPattern.IsMatch(Encoding.UTF8.GetBytes(host), pattern);
    }

    private static string Show(ulong seconds) =>
        seconds > (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? "the end of time"
            : DateTimeOffset.FromUnixTimeSeconds((long)seconds).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture);
}
