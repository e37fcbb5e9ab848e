using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

/// <summary>A real sshd on the loopback interface, with host keys of its own, run by the current user, who gets in with a key of the test's.</summary>
internal sealed class LoopbackSshServer : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    private LoopbackSshServer(IEnumerable<string> options)
    {
        OpenSsh.RequireDaemon();
        if (Environment.IsPrivilegedProcess)
        {
            // Where root's sshd confines what isn't authenticated; the service makes it, if it runs.
            Directory.CreateDirectory("/run/sshd");
        }

        UserKeyPath = folder.GetPath("user");
        File.WriteAllText(folder.GetPath("authorized"), OpenSsh.CreateKey(UserKeyPath, "ed25519") + "\n");
        Port = FindFreePort();
        string[] lines =
        [
            $"Port {Port.ToString(CultureInfo.InvariantCulture)}", "ListenAddress 127.0.0.1", "PidFile none", "UsePAM no", "StrictModes no",
            "PermitRootLogin yes", $"AuthorizedKeysFile {folder.GetPath("authorized")}", .. options,
        ];
        File.WriteAllLines(folder.GetPath("sshd_config"), lines);
        process = Process.Start(new ProcessStartInfo(OpenSsh.DaemonPath, ["-D", "-e", "-f", folder.GetPath("sshd_config")]) { RedirectStandardError = true })!;
        try
        {
            WaitUntilListening();
        }
        catch
        {
            Dispose();
            throw;
        }

        // What it says from now on is of no interest, but must not fill the pipe.
        _ = process.StandardError.ReadToEndAsync();
    }

    public int Port { get; }

    public string UserKeyPath { get; }

    /// <summary>Starts it with host keys of these paths.</summary>
    public static LoopbackSshServer Start(params string[] hostKeys) => new(hostKeys.Select(path => $"HostKey {path}"));

    public static LoopbackSshServer StartWith(params string[] options) => new(options);

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Dispose();
    }

    private void WaitUntilListening()
    {
        while (process.StandardError.ReadLine() is { } line)
        {
            if (line.Contains("Server listening", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("sshd ended before it listened.");
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
