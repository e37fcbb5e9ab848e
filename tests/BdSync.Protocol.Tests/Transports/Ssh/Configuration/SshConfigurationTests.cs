using System.Runtime.Versioning;
using System.Text;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>Configurations as people have them, and nasty ones, are understood as the real ssh understands them.</summary>
[SupportedOSPlatform("linux")]
public sealed class SshConfigurationTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>FOLDER stands for the folder of the files that <see cref="Included"/> has.</summary>
    public static TheoryData<string, string> Configurations => new()
    {
        { "", "host" },
        { "# nothing\n\n   \n\t# here", "host" },
        { "Host a\n HostName a.example\n Port 2222\n User backup\nHost b\n HostName b.example", "a" },
        { "Host a\n HostName a.example\n Port 2222\nHost b\n HostName b.example", "b" },
        { "Host *.example !bad.example\n User good\nHost *\n User other", "bad.example" },
        { "Host *.example !bad.example\n User good\nHost *\n User other", "fine.example" },
        { "Host !a\n User other", "b" },
        { "Host \"a\" 'b' c?e\n User quoted", "cde" },
        { "Host a b # comment d\n User x", "d" },
        { "Host A\n User upper", "a" },
        { "Host a\n User lower", "A" },
        { "User first\nUser second\nHost *\n User third", "host" },
        { "USER=first\nport = 23\nhostname=\t%h.example\nIdentitiesOnly =yes", "Web" },
        { "User \"with space\"\nUserKnownHostsFile \"/a\" '/b' /c\\\\d", "host" },
        { "User back\\\"slash", "host" },
        { "User backup # comment\nPort 24 #comment\nHostName name#1.example", "host" },
        { "  \tUser indented  \t \n\tPort\t26\t\r\n", "host" },
        { "\"User\" quoted", "host" },
        { "User ==x", "host" },
        { "HostName %h.%%.example", "h" },
        { "HostName 127.1", "h" },
        { "HostName 2001:0DB8:0:0::1", "h" },
        { "HostName FE80::1", "h" },
        { "HostName Big.Example", "h" },
        { "", "::1" },
        { "Port 2200\nUser file", "me@host" },
        { "Port 2200\nUser file", "ssh://me@host:2022/" },
        { "Port 2200\nUser file", "ssh://host" },
        { "IdentityFile ~/.ssh/a\nIdentityFile ~/.ssh/b\nHost x\n IdentityFile /k/%n-%h-%p-%r-%u-%d-%i-%k\nHost *\n IdentityFile ~/.ssh/a", "x" },
        { "IdentityFile ${BDSYNC_TEST_KEYS}/key%%\nIdentityFile /%L/%l\nHostKeyAlias Alias\nIdentityFile %k", "x" },
        { "IdentityFile none", "x" },
        { "IdentityFile none\nIdentityFile /a", "x" },
        { "IdentityFile \"/with space/key\"\nIdentityFile relative", "x" },
        { "CertificateFile ~/c.pub\nCertificateFile /d-%h.pub\nCertificateFile ~/c.pub\nHostName other", "x" },
        { "IdentityAgent none", "x" },
        { "IdentityAgent SSH_AUTH_SOCK", "x" },
        { "IdentityAgent $BDSYNC_TEST_AGENT", "x" },
        { "IdentityAgent $BDSYNC_TEST_MISSING", "x" },
        { "IdentityAgent ${BDSYNC_TEST_KEYS}/%h", "x" },
        { "IdentityAgent ~/agent", "x" },
        { "UserKnownHostsFile none\nGlobalKnownHostsFile NONE", "x" },
        { "UserKnownHostsFile ~/.ssh/%h ${BDSYNC_TEST_KEYS}/kh /c\nGlobalKnownHostsFile ~/g /etc/%h", "x" },
        { "UserKnownHostsFile /dev/null\nUserKnownHostsFile /b", "x" },
        { "HostKeyAlias UPPER", "x" },
        { "StrictHostKeyChecking accept-new", "x" },
        { "StrictHostKeyChecking OFF\nStrictHostKeyChecking yes", "x" },
        { "StrictHostKeyChecking false", "x" },
        { "Host y\n StrictHostKeyChecking no\nHost *\n StrictHostKeyChecking ask", "x" },
        { "ProxyJump none\nProxyJump a", "x" },
        { "ProxyJump bastion", "x" },
        { "ProxyJump u@a:23,ssh://v@b:24,[2001:db8::1]:25", "x" },
        { "ProxyJump a,10.0.0.1", "x" },
        { "ProxyJump ssh://v@b:24 # comment", "x" },
        { "ProxyJump = a", "x" },
        { "ProxyCommand none\nProxyJump a", "x" },
        { "ProxyJump a\nProxyCommand nc %h %p", "x" },
        { "ConnectTimeout 1h30m\nServerAliveInterval 5M\nServerAliveCountMax 7", "x" },
        { "ConnectTimeout none\nConnectTimeout 3\nServerAliveInterval 1w2d3h4m5", "x" },
        { "ConnectTimeout 0", "x" },
        { "Ciphers aes256-ctr,aes128-ctr", "x" },
        { "Ciphers +aes128-cbc", "x" },
        { "Ciphers ^aes256-gcm@openssh.com", "x" },
        { "Ciphers -aes128-ctr", "x" },
        { "HostName real.example\nMatch host real.example\n User matched", "alias" },
        { "HostName real.example\nMatch host alias\n User matched\nMatch originalhost ALIAS\n Port 25", "alias" },
        { "Match host *.example,!bad.example user root,me\n Port 99\nMatch all\n Port 98", "me@a.example" },
        { "Match host *.example,!bad.example\n Port 99\nMatch all\n Port 98", "bad.example" },
        { "Match !host a\n User not-a\nMatch all\n User all", "b" },
        { "Match user u\n Port 1\nMatch localuser *\n Port 2", "u@h" },
        { "Match !all\n Port 3\nMatch host=\"a\" user=*\n Port 4", "a" },
        { "Match final host real\n User final\nHost alias\n HostName REAL\nHost real\n Port 77", "alias" },
        { "Match canonical all\n User canonical\nMatch !final all\n Port 78", "alias" },
        { "Match host a # comment\n User commented", "a" },
        { "Include FOLDER/plain", "a" },
        { "Host b\n Include FOLDER/plain\nHost *\n Port 40", "a" },
        { "Include FOLDER/plain\nUser after", "b" },
        { "Host a\n Include FOLDER/blocks\n Port 41", "a" },
        { "Host b\n Include FOLDER/blocks\nPort 42", "a" },
        { "Include FOLDER/parts/*.conf FOLDER/missing \"FOLDER/with space\"", "a" },
        { "Include FOLDER/parts/[1-2]?.conf", "a" },
        { "Include FOLDER/parts/[!1]*", "a" },
        { "Include FOLDER/nested", "a" },
        { "IgnoreUnknown usek*,other\nUseKeychain yes\nOther x y\nUser u", "x" },
        { "SendEnv LANG LC_*\nHashKnownHosts yes\nGSSAPIAuthentication yes\nLocalForward 80 b:80\nForwardAgent no", "x" },
        { "IdentityFile2 /old\nPubkeyAcceptedKeyTypes ssh-ed25519", "x" },
        { "Host ?*?*?*?*b\n User many", "aaaaaaaaaaaaaaaaaaaaaaab" },
    };

    public static TheoryData<string> Refused =>
    [
        "User", "User a b", "User \"a", "Port 0", "Port 65536", "Port x", "Port -1", "IdentitiesOnly maybe", "StrictHostKeyChecking perhaps", "ConnectTimeout 1x", "ConnectTimeout m",
        "ConnectTimeout 99999999999", "ServerAliveCountMax -1", "ServerAliveCountMax 1m", "UserKnownHostsFile none /a", "UserKnownHostsFile /a none", "Host", "Host \"\"", "Match",
        "Match all user x", "Match host", "Match host x user", "HostName %x", "HostName %", "IdentityAgent ${MISSING}", "IdentityAgent $a-b", "ProxyJump a,,b", "ProxyJump [::1",
        "ProxyJump a:x", "ProxyJump @a", "ProxyJump a:0", "Include \"\"", "Include", "IdentityFile \"\"", "Host x\n Port y", "UserKnownHostsFile %x", "UserKnownHostsFile ${MISSING}",
    ];

    private static IReadOnlyDictionary<string, string> Included => new Dictionary<string, string>
    {
        ["plain"] = "User included\nHost b\n Port 30\n",
        ["blocks"] = "User outside\nHost a\n Port 31\nMatch host a\n HostName included.example\n",
        ["parts/10.conf"] = "User ten\nHost z\n",
        ["parts/20.conf"] = "User twenty\nPort 20\n",
        ["parts/.hidden.conf"] = "Port 33\n",
        ["parts/30.txt"] = "Port 34\n",
        ["with space"] = "HostKeyAlias spaced\n",
        ["nested"] = "Host a\n Include FOLDER/plain\nHost *\n Port 35\n Include FOLDER/parts/*.conf\n",
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Configuration_is_understood_as_ssh_does(string configuration, string host)
    {
        SshProgram.Require();
        SshComparison.AssertSame(Write(configuration), host, comparesFiles: true);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_ssh_refuses_is_refused_with_its_place(string configuration)
    {
        SshProgram.Require();
        var file = Write(configuration);
        Assert.Null(SshProgram.Explain(file, "host"));
        var error = Assert.Throws<TransportException>(() => SshComparison.Resolve(file, "host"));
        Assert.Equal(BdSyncExitStatus.Connection, error.ExitStatus);
        Assert.StartsWith($"{file}:{configuration.Count(character => character == '\n') + 1}: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }

    private string Write(string configuration)
    {
        Directory.CreateDirectory(folder.GetPath("parts"));
        foreach (var (name, content) in Included)
        {
            CreateFile(name, content);
        }

        return CreateFile("config", configuration);
    }

    private string CreateFile(string name, string content)
    {
        var path = folder.CreateFile(name, Encoding.UTF8.GetBytes(content.Replace("FOLDER", folder.FullPath, StringComparison.Ordinal)));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
