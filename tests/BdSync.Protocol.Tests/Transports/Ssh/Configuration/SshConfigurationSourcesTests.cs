using System.Diagnostics;
using System.Runtime.Versioning;
using BdSync.Protocol.Transports.Ssh;
using BdSync.Protocol.Transports.Ssh.Configuration;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>Which files are read, in which order, and which are refused.</summary>
[SupportedOSPlatform("linux")]
public sealed class SshConfigurationSourcesTests : IDisposable
{
    private readonly SshConfigurationFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Defaults_are_those_of_ssh()
    {
        folder.Variables["SSH_AUTH_SOCK"] = "/run/agent";
        var settings = folder.Resolve("Host");
        Assert.Equal(("Host", "host", 22, "tester"), (settings.Host, settings.HostName, settings.Port, settings.User));
        Assert.Equal(["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"], settings.IdentityFiles.Select(path => Path.GetRelativePath(folder.Home + "/.ssh", path)));
        Assert.False(settings.HasOwnIdentityFiles);
        Assert.Equal([folder.Home + "/.ssh/known_hosts", folder.Home + "/.ssh/known_hosts2"], settings.UserKnownHostsFiles);
        Assert.Equal([folder.System + "/ssh_known_hosts", folder.System + "/ssh_known_hosts2"], settings.GlobalKnownHostsFiles);
        Assert.Equal((HostKeyChecking.Strict, "/run/agent", 3), (settings.StrictHostKeyChecking, settings.IdentityAgent, settings.ServerAliveCountMax));
    }

    [Fact]
    public void Command_line_wins_over_the_user_and_the_user_over_the_system()
    {
        folder.WriteUser("Host *\n Port 2\n User file\n IdentityFile ~/b\n HostKeyAlias user");
        folder.WriteSystem("Port 3\nUser system\nConnectTimeout 9\nIdentityFile /c");
        var settings = folder.Resolve("me@host", null, ("identityfile", SshConfigurationWords.Quote("/with \"space")), ("IdentityFile", "/a"), ("Port", "1"));
        Assert.Equal((1, "me", "user", 9), (settings.Port, settings.User, settings.HostKeyAlias, settings.ConnectTimeout?.TotalSeconds));
        Assert.Equal(["/with \"space", "/a", folder.Home + "/b", "/c"], settings.IdentityFiles);
        Assert.Equal("other", folder.Resolve("me@host", null, ("User", "other")).User);
    }

    [Fact]
    public void One_file_is_read_in_place_of_both()
    {
        folder.WriteUser("Port 2");
        folder.WriteSystem("User system");
        var file = folder.WriteUser("Include included\nHostKeyAlias %n", "other");
        folder.WriteUser("Ciphers aes128-ctr", "included");
        var settings = folder.Resolve("host", file);
        Assert.Equal((22, "tester", "%n", "aes128-ctr"), (settings.Port, settings.User, settings.HostKeyAlias, settings.Ciphers));
        Assert.Equal((22, "tester"), (folder.Resolve("host", "none").Port, folder.Resolve("host", "none").User));
        Assert.Contains("doesn't exist", folder.GetError(file: file + "x").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_includes_lie_beside_the_file_of_the_user_or_the_system()
    {
        folder.WriteUser("Include *.inc ~/.ssh/x\nHost a\n Include inactive");
        folder.WriteUser("User included", "a.inc");
        folder.WriteUser("Bad", "inactive");
        folder.WriteSystem("Include b");
        folder.WriteSystem("Port 5", "b");
        var settings = folder.Resolve("host");
        Assert.Equal(("included", 5), (settings.User, settings.Port));
        folder.WriteSystem("Include ~/b");
        Assert.Contains("ssh_config:1: Include", folder.GetError().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void File_that_others_can_write_is_refused(UnixFileMode mode)
    {
        var path = folder.WriteUser("Port 2");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | mode);
        Assert.Contains("chmod go-w", folder.GetError().Message, StringComparison.Ordinal);
        Assert.Equal(2, folder.Resolve("host", path).Port);
        folder.WriteSystem($"Include {path}");
        Assert.Contains("chmod go-w", folder.GetError(file: folder.System + "/ssh_config").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_of_somebody_else_is_refused()
    {
        var path = folder.WriteUser("Port 2");
        var sources = folder.CreateSources();
        if (sources.UserId == 0)
        {
            // What is root's is always taken, so it has to be another's.
            using var process = Process.Start("chown", ["65534", path]);
            process.WaitForExit();
        }
        else
        {
            sources = sources with { UserId = sources.UserId + 1 };
        }

        var error = Assert.Throws<TransportException>(() => SshConfiguration.Resolve(new("host"), sources, [], _ => { }));
        Assert.Contains("chown", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_have_caps()
    {
        var path = folder.WriteUser(new string('#', ConfigurationFile.MaxLineLength + 1));
        Assert.Contains($"{path}:1: The line", folder.GetError().Message, StringComparison.Ordinal);
        folder.WriteUser(new string('\n', ConfigurationFile.MaxLength + 1));
        Assert.Contains("more than 1048576 bytes", folder.GetError().Message, StringComparison.Ordinal);
        folder.WriteUser("Include config");
        Assert.Contains("16 deep", folder.GetError().Message, StringComparison.Ordinal);
        folder.WriteUser("Include two two");
        folder.WriteUser("Include three three three three three three three three three three three three three three three three three", "two");
        folder.WriteUser("Include four four four four four four four four four four four four four four four four four", "three");
        folder.WriteUser("", "four");
        Assert.Contains("more than 512 files", folder.GetError().Message, StringComparison.Ordinal);
        Assert.Contains("more than 1048576 bytes", folder.GetError(file: "/dev/zero").Message, StringComparison.Ordinal);
        folder.WriteUser("Include /dev/zero");
        Assert.Contains("not a regular file", folder.GetError().Message, StringComparison.Ordinal);
        folder.WriteUser(string.Concat(Enumerable.Range(0, 101).Select(number => $"IdentityFile /{number}\n")));
        Assert.Contains("config:101: IdentityFile", folder.GetError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_are_passed_over_and_links_to_nowhere_are_not()
    {
        Directory.CreateDirectory(folder.Home + "/.ssh/parts/folder");
        folder.WriteUser("Include parts/*\nPort 7");
        Assert.Equal(7, folder.Resolve("host").Port);
        File.CreateSymbolicLink(folder.Home + "/.ssh/parts/link", "missing");
        Assert.Contains("leads nowhere", folder.GetError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_file_that_can_not_be_read_is_passed_over_with_a_warning()
    {
        File.CreateSymbolicLink(folder.Home + "/.ssh/config", "config");
        folder.WriteSystem("Port 7");
        Assert.Equal(7, folder.Resolve("host").Port);
        Assert.Contains("can't be read", Assert.Single(folder.Warnings), StringComparison.Ordinal);
        Assert.Contains("can't be read", folder.GetError(file: folder.Home + "/.ssh/config").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Byte_order_mark_is_no_part_of_a_keyword()
    {
        folder.WriteUser("\uFEFFHost other\n Port 7");
        Assert.Equal(22, folder.Resolve("host").Port);
        Assert.Empty(folder.Warnings);
    }

    [Theory]
    [InlineData("User \0")]
    [InlineData("User \uFFFD")]
    [InlineData("ProxyJump a\0b")]
    public void Value_that_is_not_text_is_refused(string configuration)
    {
        folder.WriteUser(configuration);
        Assert.Contains("UTF-8", folder.GetError().Message, StringComparison.Ordinal);
    }
}
