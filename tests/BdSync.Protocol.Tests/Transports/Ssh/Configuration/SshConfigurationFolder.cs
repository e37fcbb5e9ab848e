using System.Runtime.Versioning;
using System.Text;
using BdSync.Protocol.Transports.Ssh;
using BdSync.Protocol.Transports.Ssh.Configuration;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Configuration;

/// <summary>A home and a system's folder of a test's own, which the real ssh can't be pointed to.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SshConfigurationFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public SshConfigurationFolder()
    {
        Directory.CreateDirectory(Home + "/.ssh");
        Directory.CreateDirectory(System);
    }

    public string Home => folder.GetPath("home");

    public string System => folder.GetPath("system");

    public List<string> Warnings { get; } = [];

    public Dictionary<string, string> Variables { get; } = [];

    public string WriteUser(string content, string name = "config") => Write(Home + "/.ssh/" + name, content);

    public string WriteSystem(string content, string name = "ssh_config") => Write(System + "/" + name, content);

    public SshConfigurationSources CreateSources(string? file = null) => SshConfigurationSources.ForCurrentUser(file) with
    {
        HomeFolder = Home,
        SystemFolder = System,
        UserName = "tester",
        MachineName = "here.example",
        GetVariable = Variables.GetValueOrDefault,
    };

    public SshHostSettings Resolve(string host, string? file = null, params (string Keyword, string Value)[] overrides) =>
        SshConfiguration.Resolve(SshDestination.Parse(host), CreateSources(file), overrides.Select(pair => KeyValuePair.Create(pair.Keyword, pair.Value)), Warnings.Add);

    public TransportException GetError(string host = "host", string? file = null) => Assert.Throws<TransportException>(() => Resolve(host, file));

    public void Dispose() => folder.Dispose();

    private static string Write(string path, string content)
    {
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(content));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
