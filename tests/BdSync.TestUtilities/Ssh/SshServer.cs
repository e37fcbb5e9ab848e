using System.Diagnostics;

namespace BdSync.TestUtilities.Ssh;

/// <summary>
/// A real sshd of a test's own: on a free port of the loopback address, with its own configuration, host keys and log in a temporary folder.
/// It lets the current user in, with the keys of <see cref="AuthorizedKeysPath"/> and with certificates of <see cref="UserAuthority"/>.
/// </summary>
public sealed class SshServer : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private readonly List<Process> processes = [];
    private readonly string[] extraLines;
    private readonly Lock authorizing = new();
    private Process? listener;

    private SshServer(string[] extraLines, string[] hostKeyTypes)
    {
        this.extraLines = extraLines;
        HostKeys = [.. hostKeyTypes.Select((type, index) => SshKeyPair.Create(folder.GetPath($"host_key_{index}"), type))];
        UserAuthority = SshKeyPair.Create(folder.GetPath("user_ca"));
        File.WriteAllText(AuthorizedKeysPath, "");
    }

    /// <summary>The address that it listens on.</summary>
    public static string Address => "127.0.0.1";

    /// <summary>Who can log in.</summary>
    public static string User => Environment.UserName;

    /// <summary>Where it listens; the same one after <see cref="Stop"/> and <see cref="Restart"/>.</summary>
    public int Port { get; private set; }

    /// <summary>The host's keys, in the order in which the server offers them.</summary>
    public IReadOnlyList<SshKeyPair> HostKeys { get; }

    /// <summary>The certificate authority whose certificates for the user are taken.</summary>
    public SshKeyPair UserAuthority { get; }

    /// <summary>The file with the keys that may log in; read anew at each login.</summary>
    public string AuthorizedKeysPath => folder.GetPath("authorized_keys");

    /// <summary>The line for a known_hosts file that has the first host key.</summary>
    public string KnownHostsLine => $"[{Address}]:{Port} {HostKeys[0].PublicLine}";

    /// <summary>What it has logged so far, for the message of a failure.</summary>
    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    private string LogPath => folder.GetPath("sshd.log");

    private string ConfigurationPath => folder.GetPath("sshd_config");

    /// <summary>Starts it; skips the test where there is no sshd.</summary>
    /// <param name="extraLines">Lines of sshd_config(5), such as <c>MaxAuthTries 2</c>; they win over the usual ones.</param>
    /// <param name="hostKeyTypes">For ssh-keygen -t, ed25519 if none are given.</param>
    public static SshServer Start(string[]? extraLines = null, string[]? hostKeyTypes = null)
    {
        OpenSshCommand.Require("sshd");
        OpenSshCommand.Require("ssh");
        if (Environment.IsPrivilegedProcess)
        {
            // Debian's init script makes it; sshd(8) as root does not start without it.
            Directory.CreateDirectory("/run/sshd");
        }

        var server = new SshServer(extraLines ?? [], hostKeyTypes ?? ["ed25519"]);
        try
        {
            server.Restart();
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Lets a key log in. Safe for several threads.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">As in authorized_keys, such as <c>command="…"</c>.</param>
    public void Authorize(SshKeyPair key, string options = "")
    {
        lock (authorizing)
        {
            File.AppendAllText(AuthorizedKeysPath, $"{options} {key.PublicLine}\n".TrimStart());
        }
    }

    /// <summary>Starts it again after <see cref="Stop"/> or <see cref="Kill"/>, with what the files say by now.</summary>
    public void Restart()
    {
        const int tryCount = 5;
        for (var attempt = 1; ; attempt++)
        {
            // Another program may take a free port first.
            Port = Port == 0 || attempt > 1 ? LoopbackPort.FindFree() : Port;
            WriteConfiguration();
            var logLength = Log.Length;
            listener = Process.Start(new ProcessStartInfo(OpenSshCommand.Find("sshd")!, ["-D", "-f", ConfigurationPath, "-E", LogPath]))!;
            processes.Add(listener);
            if (WaitUntilListening(logLength))
            {
                return;
            }

            if (attempt == tryCount || !Log.Contains("Address already in use", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"sshd does not start: {Log}");
            }
        }
    }

    /// <summary>Logs in with ssh(1), so that a failure of what is tested is no failure of this.</summary>
    /// <param name="key">A key that can log in.</param>
    /// <param name="options">For ssh.</param>
    public void Prove(SshKeyPair key, params string[] options)
    {
        var (exitStatus, output) = OpenSshCommand.TryRun(
            "ssh",
            ["-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "IdentitiesOnly=yes",
                "-o", "IdentityAgent=none", "-i", key.Path, .. options, "-p", $"{Port}", $"{User}@{Address}", "exit 42"]);
        if (exitStatus != 42)
        {
            throw new InvalidOperationException($"ssh can't log in: {output}\nsshd says: {Log}");
        }
    }

    /// <summary>Ends the listener; connections go on, as when an administrator restarts sshd.</summary>
    public void Stop()
    {
        if (listener is { HasExited: false })
        {
            processes.AddRange(ProcessTree.ListDescendants(listener.Id));
            listener.Kill();
            listener.WaitForExit();
        }
    }

    /// <summary>Ends the listener and all connections, at once.</summary>
    public void Kill()
    {
        Stop();
        foreach (var process in processes)
        {
            // A session's command may have been started since.
            var children = process.HasExited ? [] : ProcessTree.ListDescendants(process.Id);
            process.Kill();
            foreach (var child in children)
            {
                using (child)
                {
                    child.Kill();
                }
            }

            process.Dispose();
        }

        processes.Clear();
        listener = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        folder.Dispose();
    }

    private void WriteConfiguration()
    {
        string[] lines =
        [
            .. extraLines,
            $"Port {Port}",
            $"ListenAddress {Address}",
            .. HostKeys.Select(key => $"HostKey {key.Path}"),
            $"AuthorizedKeysFile {AuthorizedKeysPath}",
            $"TrustedUserCAKeys {UserAuthority.PublicPath}",
            "PidFile none",
            "UsePAM no",
            "StrictModes no",
            "PermitRootLogin yes",
            "PasswordAuthentication no",
            "KbdInteractiveAuthentication no",
            "UseDNS no",
            "LogLevel VERBOSE",
        ];

        // From OpenSSH 9.8 on, failed logins keep an address out for a while; before, the option is unknown.
        File.WriteAllLines(ConfigurationPath, [.. lines, "PerSourcePenalties no"]);
        if (OpenSshCommand.TryRun("sshd", ["-t", "-f", ConfigurationPath]).ExitStatus != 0)
        {
            File.WriteAllLines(ConfigurationPath, lines);
        }
    }

    // A banner might be another program's that has taken the port.
    private bool WaitUntilListening(int logLength) =>
        SpinWait.SpinUntil(() => listener!.HasExited || IsListening(logLength), StartLimit) && IsListening(logLength);

    private bool IsListening(int logLength) => Log.AsSpan(logLength).Contains($"Server listening on {Address} port {Port}.", StringComparison.Ordinal);
}
