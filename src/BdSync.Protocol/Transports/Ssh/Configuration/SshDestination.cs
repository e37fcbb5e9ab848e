using System.Net;
using System.Net.Sockets;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>A host as it was named, before any configuration is read.</summary>
/// <param name="Host">A name, an alias of ssh_config(5), or an address; IPv6 addresses without brackets.</param>
/// <param name="User">Null where it wasn't said.</param>
/// <param name="Port">1 to 65535; null where it wasn't said.</param>
internal sealed record SshDestination(string Host, string? User = null, int? Port = null)
{
    /// <summary>The longest host or user that is taken, in characters: DNS names end at 253 (RFC 1035, 2.3.4).</summary>
    public const int MaxLength = 1024;

    /// <summary>What a shell would take for its own in a host's name; no name or address needs it.</summary>
    private const string ForbiddenInHosts = "'`\"$\\;&<>|(){},@/?#[]";

    private const string ForbiddenInUsers = "'`\";&<>|(){}";

    /// <summary>Reads <c>ssh://[user@]host[:port][/]</c>, or <c>[user@]host</c> as ssh(1) takes it.</summary>
    /// <exception cref="TransportException">It is neither (<see cref="BdSyncExitStatus.Parameters"/>).</exception>
    public static SshDestination Parse(string text)
    {
        var isRead = SshDestinationParser.IsUri(text)
            ? SshDestinationParser.TryParseUri(text, out var destination, out var problem)
            : SshDestinationParser.TryParseHost(text, out destination, out problem);
        return isRead
            ? destination!
            : throw new TransportException(
                BdSyncExitStatus.Parameters,
                PrintableText.From($"The destination {HidePassword(text)} can't be used: {problem}. Write [user@]host or ssh://[user@]host[:port], an IPv6 address in brackets."));
    }

    /// <summary><c>[user@]host[:port]</c>, an IPv6 address in brackets: what ProxyJump takes.</summary>
    public override string ToString() =>
        $"{(User is null ? "" : $"{User}@")}{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}{(Port is null ? "" : $":{Port}")}";

    /// <summary>Says what is wrong with the parts, as a clause; null where nothing is.</summary>
    public string? FindProblem()
    {
        if (Host.Length == 0)
        {
            return "it names no host";
        }

        if (User is "")
        {
            return "the user before the @ is empty";
        }

        if (Host.Length > MaxLength || User?.Length > MaxLength)
        {
            return $"the host or the user has more than {MaxLength} characters";
        }

        if (Host[0] == '-' || User is ['-', ..])
        {
            return "the host or the user begins with a -, and programs would take it for an option";
        }

        if (FindForbidden(Host, ForbiddenInHosts, allowsBlanks: false) is { } inHost)
        {
            return $"a host can't have {Describe(inHost)}";
        }

        if (User is not null && FindForbidden(User, ForbiddenInUsers, allowsBlanks: true) is { } inUser)
        {
            return $"a user can't have {Describe(inUser)}";
        }

        return Host.Contains(':', StringComparison.Ordinal) && !IsAddress(Host) ? $"{Host} has a colon and is no IPv6 address"
            : Port is < 1 or > ushort.MaxValue ? $"the port {Port} is not 1 to 65535"
            : null;
    }

    // Messages end in logs and mails. A password may have an @ or a // itself.
    private static string HidePassword(string text)
    {
        var end = text.LastIndexOf('@');
        var start = end < 0 ? -1 : text.IndexOf(':', SshDestinationParser.IsUri(text) ? SshDestinationParser.Scheme.Length : 0);
        return start < 0 || start > end ? text : $"{text[..(start + 1)]}…{text[end..]}";
    }

    // An address may have a zone, the name of an interface (RFC 4007, 11).
    private static bool IsAddress(string host) =>
        IPAddress.TryParse(host.Split('%')[0], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    private static char? FindForbidden(string text, string forbidden, bool allowsBlanks)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || forbidden.Contains(character, StringComparison.Ordinal) || (!allowsBlanks && char.IsWhiteSpace(character)))
            {
                return character;
            }
        }

        return null;
    }

    private static string Describe(char character) => char.IsControl(character) ? $"a control character (U+{(int)character:X4})" : $"a '{character}'";
}
