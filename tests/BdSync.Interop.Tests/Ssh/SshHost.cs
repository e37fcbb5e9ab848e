using BdSync.Interop.Tests.Programs;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Interop.Tests.Ssh;

/// <summary>A real sshd, a user's key that it lets in, and the files that tell ssh and this program how to reach it. Started once for all tests of a class.</summary>
public sealed class SshHost : IDisposable
{
    /// <summary>What the configuration calls it.</summary>
    public const string Name = "backup";

    private readonly WorkFolder folder = new();

    /// <summary>Starts it, and has ssh prove that one can log in.</summary>
    public SshHost()
    {
        // Remote commands find the program that is tested under its usual name.
        File.CreateSymbolicLink(folder["bdsync"], Tool.Ours);
        Server = SshServer.Start([$"SetEnv PATH={folder.Path}:/usr/local/bin:/usr/bin:/bin", "MaxStartups 100"]);
        Key = SshKeyPair.Create(folder["id"]);
        Server.Authorize(Key);
        Server.Prove(Key);
        File.WriteAllText(folder["known_hosts"], Server.KnownHostsLine + "\n");
        Configuration = Configure("config", Server.Port);
    }

    public SshServer Server { get; }

    public SshKeyPair Key { get; }

    /// <summary>The ssh_config(5) file: <c>ssh -F</c> takes it as well.</summary>
    public string Configuration { get; }

    /// <summary>Its address on the command line.</summary>
    public static string Address => $"ssh://{Name}";

    /// <summary>Writes another configuration.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="port">Where to connect to; the host key is looked up under the server's own port.</param>
    /// <param name="lines">Lines that win over the usual ones. Of these, ConnectTimeout leaves a slow and busy machine the time to start many servers at once.</param>
    /// <returns>The file's path.</returns>
    public string Configure(string name, int port, params string[] lines)
    {
        File.WriteAllLines(
            folder[name],
            [
                $"Host {Name}", .. lines, $"HostName {SshServer.Address}", $"Port {port}", $"User {SshServer.User}", $"IdentityFile {Key.Path}", "IdentitiesOnly yes",
                "IdentityAgent none", "ConnectTimeout 300", $"UserKnownHostsFile {folder["known_hosts"]}", "GlobalKnownHostsFile none", $"HostKeyAlias [{SshServer.Address}]:{Server.Port}",
            ]);
        File.SetUnixFileMode(folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return folder[name];
    }

    /// <summary>A file of its folder.</summary>
    public string GetPath(string name) => folder[name];

    /// <inheritdoc/>
    public void Dispose()
    {
        Server.Dispose();
        folder.Dispose();
    }
}
