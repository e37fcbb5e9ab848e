using BdSync.Interop.Tests.Programs;
using BdSync.Interop.Tests.Ssh;
using BdSync.Interop.Tests.Tasks;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Interop.Tests.Restriction;

/// <summary>Devices and a folder for patches behind a real sshd, and a key that may do no more with them than <c>bdsync restrict</c> allows.</summary>
internal sealed class RestrictedHost : IDisposable
{
    public RestrictedHost(SshHost host, string allowed)
    {
        Tasks.Work.Write("secret", "a secret that nobody may read or write"u8);
        var key = SshKeyPair.Create(Tasks.Work["key"]);
        var options = allowed.Replace("{folder}", Tasks.Work.Path, StringComparison.Ordinal);
        host.Server.Authorize(key, $"restrict,command=\"bdsync restrict {options}\"");
        Configuration = host.Configure(Path.GetFileName(Tasks.Work.Path), host.Server.Port, $"IdentityFile {key.Path}");

        // The host's own key may do everything: it must not step in.
        File.WriteAllLines(Configuration, [.. File.ReadAllLines(Configuration).Where(line => line != $"IdentityFile {host.Key.Path}")]);
    }

    public TaskFolder Tasks { get; } = new();

    public string Configuration { get; }

    /// <summary>Starts the server with the ssh program.</summary>
    public string ServerCommand => $"ssh -F {Configuration} {SshHost.Name} bdsync --server";

    public Task<ProgramResult> AskAsync(string line, ReadOnlyMemory<byte> input = default) => Tasks.Work.RunAsync("ssh", ["-F", Configuration, SshHost.Name, line], input);

    public void SecretShouldBeKept() => Assert.Equal("a secret that nobody may read or write"u8, Tasks.Work.Read("secret"));

    public void Dispose() => Tasks.Dispose();
}
