using BdSync.Protocol.Transports.Ssh;
using BdSync.Protocol.Transports.Ssh.Configuration;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>Compares what we find out about a host with what the real ssh does.</summary>
internal static class SshComparison
{
    /// <summary>The sources of the user who runs the tests, with one file and the environment that <see cref="SshProgram"/> gives to ssh.</summary>
    public static SshConfigurationSources CreateSources(string file) =>
        SshConfigurationSources.ForCurrentUser(file) with { GetVariable = name => SshProgram.Variables.GetValueOrDefault(name) };

    /// <summary>What we find out; warnings are left out.</summary>
    public static SshHostSettings Resolve(string file, string host) =>
        SshConfiguration.Resolve(SshDestination.Parse(host), CreateSources(file), [], _ => { });

    /// <summary>Compares all that <c>ssh -G</c> shows, and, on demand, the expanded paths of keys, for which ssh has to be started once more.</summary>
    public static void AssertSame(string file, string host, bool comparesFiles)
    {
        var theirs = SshProgram.Explain(file, host);
        Assert.True(theirs is not null, $"ssh refuses the configuration:\n{File.ReadAllText(file)}");
        var ours = Resolve(file, host);
        var home = CreateSources(file).HomeFolder;
        Assert.Equal(Get("hostname"), ours.HostName);
        Assert.Equal(Get("port"), $"{ours.Port}");
        Assert.Equal(Get("user"), ours.User);
        Assert.Equal(Get("hostkeyalias"), ours.HostKeyAlias);
        Assert.Equal(Get("stricthostkeychecking") switch { "false" => HostKeyChecking.Off, "accept-new" => HostKeyChecking.AcceptNew, _ => HostKeyChecking.Strict }, ours.StrictHostKeyChecking);
        Assert.Equal(Get("identitiesonly") == "yes", ours.IdentitiesOnly);
        Assert.Equal(GetAgent(Get("identityagent")), ours.IdentityAgent);
        Assert.Equal(GetPaths("userknownhostsfile"), ours.UserKnownHostsFiles);
        Assert.Equal(GetPaths("globalknownhostsfile"), ours.GlobalKnownHostsFiles);
        Assert.Equal(Get("proxyjump")?.Split(',').Select(WithoutScheme) ?? [], ours.ProxyJump);
        Assert.Equal(Get("connecttimeout") is "none" or "0" ? null : Get("connecttimeout"), ours.ConnectTimeout?.TotalSeconds.ToString("F0", null));
        Assert.Equal(Get("serveraliveinterval"), $"{ours.ServerAliveInterval.TotalSeconds:F0}");
        Assert.Equal(Get("serveralivecountmax"), $"{ours.ServerAliveCountMax}");
        AssertCiphers(Get("ciphers")!, ours.Ciphers);
        Assert.Equal(theirs["identityfile"].Count(IsNamed), ours.IdentityFiles.Count);
        Assert.Equal(theirs["certificatefile"].Count(IsNamed), ours.CertificateFiles.Count);
        if (comparesFiles)
        {
            Assert.Equal(SshProgram.ListFiles(file, host, "identity").Where(IsNamed).Select(MakeAbsolute), ours.IdentityFiles);
            Assert.Equal(SshProgram.ListFiles(file, host, "certificate").Select(MakeAbsolute), ours.CertificateFiles);
        }

        string? Get(string keyword) => theirs[keyword].FirstOrDefault();

        IEnumerable<string> GetPaths(string keyword) =>
            Get(keyword) == "none" ? [] : Get(keyword)!.Split(' ').Select(path => MakeAbsolute(path.StartsWith("~/", StringComparison.Ordinal) ? home + path[1..] : path));
    }

    // Algorithms that hardly anybody has, and none.
    private static bool IsNamed(string path) =>
        !path.EndsWith("id_xmss", StringComparison.Ordinal) && !path.EndsWith("id_dsa", StringComparison.Ordinal) && !path.Equals("none", StringComparison.OrdinalIgnoreCase);

    private static string MakeAbsolute(string path) => Path.Combine(Environment.CurrentDirectory, path);

    private static string? GetAgent(string? value) => value switch
    {
        null or "SSH_AUTH_SOCK" => SshProgram.Variables["SSH_AUTH_SOCK"],
        "none" => null,
        ['$', .. var name] => SshProgram.Variables.GetValueOrDefault(name),
        _ => value,
    };

    // ssh puts brackets around IPv4 addresses, too.
    private static string WithoutScheme(string jump)
    {
        var text = jump.Replace("ssh://", "", StringComparison.Ordinal).Trim().TrimEnd('/');
        return text.Count(character => character == ':') > 1 ? text : text.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
    }

    private static void AssertCiphers(string theirs, string? ours)
    {
        switch (ours)
        {
            case null:
                Assert.StartsWith("chacha20-poly1305@openssh.com,", theirs, StringComparison.Ordinal);
                break;
            case ['+', .. var added]:
                Assert.EndsWith($",{added}", theirs, StringComparison.Ordinal);
                break;
            case ['^', .. var first]:
                Assert.StartsWith($"{first},", theirs, StringComparison.Ordinal);
                break;
            case ['-', .. var removed]:
                Assert.DoesNotContain(removed, theirs.Split(','));
                break;
            default:
                Assert.Equal(theirs, ours);
                break;
        }
    }
}
