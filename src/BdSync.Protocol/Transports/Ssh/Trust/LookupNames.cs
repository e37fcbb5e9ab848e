using System.Net;
using System.Text;

namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>Under which names a host is looked up in known_hosts files, in lower case, as ssh(1) does.</summary>
internal sealed class LookupNames
{
    private const int DefaultPort = 22;

    private LookupNames(string host, string name, string? nameWithoutPort)
    {
        Host = host;
        Name = name;
        NameWithoutPort = nameWithoutPort;
        NameBytes = Encoding.UTF8.GetBytes(name);
        NameWithoutPortBytes = nameWithoutPort is null ? null : Encoding.UTF8.GetBytes(nameWithoutPort);
    }

    /// <summary>The host without a port: what a certificate's principals are compared with.</summary>
    public string Host { get; }

    /// <summary>What new keys are noted under: <c>HOST</c>, or <c>[HOST]:PORT</c> for ports other than 22; an alias never has a port.</summary>
    public string Name { get; }

    /// <summary>Looked up where <see cref="Name"/> is unknown: a key that is right there is accepted, another one means nothing. Null without a port.</summary>
    public string? NameWithoutPort { get; }

    public byte[] NameBytes { get; }

    public byte[]? NameWithoutPortBytes { get; }

    public static LookupNames Create(SshHostSettings settings)
    {
        if (settings.HostKeyAlias is { } alias)
        {
            var lowered = ToLower(alias);
            return new LookupNames(lowered, lowered, null);
        }

        var host = ToCanonicalHost(settings.HostName);
        return settings.Port == DefaultPort ? new LookupNames(host, host, null) : new LookupNames(host, $"[{host}]:{settings.Port}", host);
    }

    // An address has one spelling in the files, however it was given; a zone (%eth0) is kept as it is.
    private static string ToCanonicalHost(string host) =>
        !host.Contains('%', StringComparison.Ordinal) && IPAddress.TryParse(host, out var address) ? address.ToString() : ToLower(host);

    // ssh lowers ASCII only.
    private static string ToLower(string name) => string.Create(name.Length, name, static (characters, source) =>
    {
        for (var index = 0; index < source.Length; index++)
        {
            characters[index] = char.IsAsciiLetterUpper(source[index]) ? (char)(source[index] | 0x20) : source[index];
        }
    });
}
