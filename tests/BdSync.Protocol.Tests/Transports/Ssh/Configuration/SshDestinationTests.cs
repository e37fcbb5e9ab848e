using BdSync.Protocol.Transports.Ssh.Configuration;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>Destinations as they are written on command lines, and those that are refused.</summary>
public class SshDestinationTests
{
    [Theory]
    [InlineData("host", "host", null, null)]
    [InlineData("me@host.example", "host.example", "me", null)]
    [InlineData("me@realm@host", "host", "me@realm", null)]
    [InlineData("::1", "::1", null, null)]
    [InlineData("me@[::1]", "::1", "me", null)]
    [InlineData("fe80::1%eth0", "fe80::1%eth0", null, null)]
    [InlineData("ssh://host", "host", null, null)]
    [InlineData("SSH://me@host:2222/", "host", "me", 2222)]
    [InlineData("ssh://[2001:db8::1]:22", "2001:db8::1", null, 22)]
    [InlineData("ssh://me%40realm@host", "host", "me@realm", null)]
    [InlineData("ssh://m%C3%BC@host", "host", "mü", null)]
    [InlineData("ssh://a+b@host:", "host", "a+b", null)]
    [InlineData("ssh://[fe80::1%25eth0]", "fe80::1%eth0", null, null)]
    public void Destination_is_read(string text, string host, string? user, int? port) =>
        Assert.Equal(new SshDestination(host, user, port), SshDestination.Parse(text));

    [Theory]
    [InlineData("", "names no host")]
    [InlineData("me@", "names no host")]
    [InlineData("@", "names no host")]
    [InlineData("@host", "user before the @ is empty")]
    [InlineData("-oProxyCommand=x", "begins with a -")]
    [InlineData("-x@host", "begins with a -")]
    [InlineData("host:22", "colon")]
    [InlineData("a b", "a ' '")]
    [InlineData("a;b", "a ';'")]
    [InlineData("a\nb", "U+000A")]
    [InlineData("a\0b", "U+0000")]
    [InlineData("u$(x)@h", "a '('")]
    [InlineData("ssh://", "names no host")]
    [InlineData("ssh://host/path", "none is allowed")]
    [InlineData("ssh://host?query", "none is allowed")]
    [InlineData("ssh://host//", "none is allowed")]
    [InlineData("ssh://me:secret@host", "password")]
    [InlineData("ssh://me;fingerprint=x@host", "parameters")]
    [InlineData("ssh://host:0", "the port 0")]
    [InlineData("ssh://host:65536", "the port 65536")]
    [InlineData("ssh://host:ssh", "the port ssh")]
    [InlineData("ssh://[::1", "a [ has no ]")]
    [InlineData("ssh://[::1]22", "follows the ]")]
    [InlineData("ssh://[host:x]", "no IPv6 address")]
    [InlineData("ssh://m%4@host", "hexadecimal")]
    [InlineData("ssh://m%FF@host", "UTF-8")]
    [InlineData("ssh://h%2Fx", "a '/'")]
    [InlineData("ssh://h%00", "U+0000")]
    public void Destination_is_refused(string text, string reason)
    {
        var error = Assert.Throws<TransportException>(() => SshDestination.Parse(text));
        Assert.Equal(BdSyncExitStatus.Parameters, error.ExitStatus);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("Write [user@]host", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh://me:secret@host")]
    [InlineData("SSH://me:a@b//c:secret@host")]
    [InlineData("me:secret@")]
    [InlineData(":secret@")]
    public void Password_is_not_shown(string text)
    {
        var error = Assert.Throws<TransportException>(() => SshDestination.Parse(text));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Contains(":…@", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Longest_destination_is_refused() =>
        Assert.Throws<TransportException>(() => SshDestination.Parse(new string('a', SshDestination.MaxLength + 1)));
}
