using System.Runtime.Versioning;
using BdSync.Protocol.Transports.Ssh.Configuration;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>What isn't supported is said, and refused where ignoring it would reach or trust somebody else.</summary>
[SupportedOSPlatform("linux")]
public sealed class SshConfigurationSupportTests : IDisposable
{
    private readonly SshConfigurationFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("KnownHostsCommand /bin/x")]
    [InlineData("BindAddress 10.0.0.1")]
    [InlineData("CanonicalizeHostname always")]
    [InlineData("HostKeyAlgorithms ssh-ed25519\nHostKeyAlgorithms ssh-rsa")]
    [InlineData("AddressFamily inet6")]
    [InlineData("SmartcardDevice /x")]
    [InlineData("PubkeyAuthentication no")]
    [InlineData("Match exec \"true\"\n User x")]
    [InlineData("Match host host exec \"true\" user *\n User x")]
    [InlineData("Match exec \"true\"\n User x\nMatch final\n Port 1")]
    [InlineData("Match sometimes\n User x")]
    [InlineData("Hots a\n")]
    public void What_matters_and_is_not_supported_is_said_once(string configuration)
    {
        var path = folder.WriteUser(configuration);
        Assert.Equal("tester", folder.Resolve("host").User);
        Assert.StartsWith($"{path}:1: ", Assert.Single(folder.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KnownHostsCommand none\nKnownHostsCommand /x")]
    [InlineData("AddressFamily any # comment")]
    [InlineData("CanonicalizeHostname no\nCheckHostIP no\nVerifyHostKeyDNS no\nPKCS11Provider none\nSecurityKeyProvider internal")]
    [InlineData("Host other\n BindAddress 10.0.0.1\n ProxyCommand nc %h %p\n RevokedHostKeys /r")]
    [InlineData("ProxyCommand none\nRevokedHostKeys none")]
    [InlineData("ProxyJump none\nProxyCommand nc %h %p")]
    [InlineData("Match host other exec \"true\"\n Port 1")]
    [InlineData("ControlMaster auto\nForwardX11 yes\nLocalForward 80 b:80\nRemoteCommand \"x")]
    [InlineData("IgnoreUnknown other,x*\nOther 1\nXyz 2")]
    public void What_does_not_matter_is_not_said(string configuration)
    {
        folder.WriteUser(configuration);
        Assert.Equal(22, folder.Resolve("host").Port);
        Assert.Empty(folder.Warnings);
    }

    [Theory]
    [InlineData("ProxyCommand nc %h %p")]
    [InlineData("RevokedHostKeys /etc/ssh/revoked")]
    [InlineData("RefuseConnection \"not today\"")]
    [InlineData("ProxyCommand nc %h %p\nProxyJump a")]
    public void What_must_not_be_ignored_is_refused(string configuration)
    {
        var path = folder.WriteUser(configuration);
        var error = folder.GetError();
        Assert.StartsWith($"{path}:1: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(BdSyncExitStatus.Connection, error.ExitStatus);
        Assert.Empty(folder.Resolve("host", null, ("ProxyCommand", "none"), ("RevokedHostKeys", "none"), ("RefuseConnection", "none")).ProxyJump);
    }

    [Theory]
    [InlineData("Port", "x")]
    [InlineData("Host", "a")]
    [InlineData("Include", "/a")]
    [InlineData("User", "a b")]
    public void Bad_value_of_the_command_line_is_one_of_the_parameters(string keyword, string value)
    {
        var error = Assert.Throws<TransportException>(() => folder.Resolve("host", null, (keyword, value)));
        Assert.Equal(BdSyncExitStatus.Parameters, error.ExitStatus);
        Assert.StartsWith($"The ssh option {keyword}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_of_ProxyJump_are_replaced()
    {
        folder.WriteUser("ProxyJump %r@gate-%n:2%%2,ssh://u@%h:%p");
        Assert.Contains("the port 2%%2", folder.GetError().Message, StringComparison.Ordinal);
        folder.WriteUser("ProxyJump %r@gate-%n:23,u@%h.gate\nHostName %h.example");
        Assert.Equal(["me@gate-a:23", "u@a.example.gate"], folder.Resolve("me@a").ProxyJump);
    }

    [Fact]
    public void Hosts_on_the_way_have_their_own_configuration()
    {
        folder.WriteUser("Host c\n ProxyJump a,u@b:23\nHost b\n HostName b.example\n Port 9\nHost a\n ProxyJump z\n IdentityFile /a\nHost z\n ProxyJump none\nHost *\n ProxyJump nowhere");
        var chain = SshJumpChain.Resolve(new("c"), folder.CreateSources(), [], folder.Warnings.Add);
        Assert.Equal(["tester@z:22", "tester@a:22", "u@b.example:23", "tester@c:22"], chain.Select(host => $"{host.User}@{host.HostName}:{host.Port}"));
        Assert.Equal(["/a"], chain[1].IdentityFiles);
    }

    [Theory]
    [InlineData("Host *\n ProxyJump bastion", "itself")]
    [InlineData("Host bastion\n ProxyJump host\nHost *\n ProxyJump bastion", "more than 16 hosts")]
    public void Host_that_is_reached_through_itself_is_refused(string configuration, string reason)
    {
        folder.WriteUser(configuration);
        var error = Assert.Throws<TransportException>(() => SshJumpChain.Resolve(new("host"), folder.CreateSources(), [], folder.Warnings.Add));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
