using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>
/// The ways of writing a destination. A problem is a clause, for the caller to put into a sentence that says where it was found.
/// </summary>
internal static class SshDestinationParser
{
    public const string Scheme = "ssh://";

    /// <summary>Whether it begins with <c>ssh://</c>; schemes have no case (RFC 3986, 3.1).</summary>
    public static bool IsUri(string text) => text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>[user@]host</c>: what ssh(1) takes. A colon can only be an IPv6 address's, with or without brackets.</summary>
    public static bool TryParseHost(string text, [NotNullWhen(true)] out SshDestination? destination, [NotNullWhen(false)] out string? problem)
    {
        var at = text.LastIndexOf('@');
        var host = text[(at + 1)..];
        return Check(new(host is ['[', .. var address, ']'] ? address : host, at < 0 ? null : text[..at]), out destination, out problem);
    }

    /// <summary>Reads <c>[user@]host[:port]</c> or an ssh:// URI: what ProxyJump of ssh_config(5) takes.</summary>
    public static bool TryParseJump(string text, [NotNullWhen(true)] out SshDestination? destination, [NotNullWhen(false)] out string? problem)
    {
        if (IsUri(text))
        {
            return TryParseUri(text, out destination, out problem);
        }

        var at = text.LastIndexOf('@');
        return TryParseHostAndPort(text[(at + 1)..], at < 0 ? null : text[..at], isEncoded: false, out destination, out problem);
    }

    /// <summary>
    /// Reads <c>ssh://[user@]host[:port][/]</c> (RFC 3986). Neither a password nor connection parameters are taken: a
    /// fingerprint that nobody compares would be a promise.
    /// </summary>
    public static bool TryParseUri(string text, [NotNullWhen(true)] out SshDestination? destination, [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        var authority = text[Scheme.Length..];
        if (authority.EndsWith('/'))
        {
            authority = authority[..^1];
        }

        if (authority.AsSpan().IndexOfAny("/?#") is >= 0 and var end)
        {
            problem = $"the {authority[end]} behind the host begins a path, a query or a fragment, and none is allowed";
            return false;
        }

        var at = authority.LastIndexOf('@');
        var user = at < 0 ? null : authority[..at];
        if (user?.AsSpan().IndexOfAny(":;") >= 0)
        {
            problem = "a password or parameters behind the user can't be given";
            return false;
        }

        if (user is not null && !TryDecode(user, out user))
        {
            problem = "a % in the user is not followed by two hexadecimal digits, or what they say is not UTF-8";
            return false;
        }

        return TryParseHostAndPort(authority[(at + 1)..], user, isEncoded: true, out destination, out problem);
    }

    private static bool TryParseHostAndPort(
        string text,
        string? user,
        bool isEncoded,
        [NotNullWhen(true)] out SshDestination? destination,
        [NotNullWhen(false)] out string? problem)
    {
        destination = null;
        var isBracketed = text.StartsWith('[');
        var end = isBracketed ? text.IndexOf(']', StringComparison.Ordinal) : text.IndexOf(':', StringComparison.Ordinal);
        if (isBracketed && end < 0)
        {
            problem = "a [ has no ]";
            return false;
        }

        var host = isBracketed ? text[1..end] : end < 0 ? text : text[..end];
        var rest = isBracketed ? text[(end + 1)..] : end < 0 ? "" : text[end..];
        if (rest.Length > 0 && rest[0] != ':')
        {
            problem = $"{rest} follows the ] where only a colon and a port may";
            return false;
        }

        if (isEncoded && !TryDecode(host, out host))
        {
            problem = "a % in the host is not followed by two hexadecimal digits, or what they say is not UTF-8";
            return false;
        }

        // An empty port is none (RFC 3986, 3.2.3).
        if (rest.Length <= 1)
        {
            return Check(new(host!, user), out destination, out problem);
        }

        if (!int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            problem = $"the port {rest[1..]} is not a number of 1 to 65535";
            return false;
        }

        return Check(new(host!, user, port), out destination, out problem);
    }

    private static bool Check(SshDestination parts, [NotNullWhen(true)] out SshDestination? destination, [NotNullWhen(false)] out string? problem)
    {
        problem = parts.FindProblem();
        destination = problem is null ? parts : null;
        return problem is null;
    }

    // Unlike ssh(1), a + stays a + (RFC 3986, 2.2).
    private static bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        var bytes = new List<byte>(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] != '%')
            {
                var length = index + 1 < text.Length && char.IsSurrogatePair(text, index) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text, index, length));
                index += length - 1;
            }
            else if (index + 2 < text.Length && byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                index += 2;
            }
            else
            {
                return false;
            }
        }

        decoded = Encoding.UTF8.GetString([.. bytes]);
        return !decoded.Contains('\uFFFD', StringComparison.Ordinal);
    }
}
