using System.Diagnostics;
using System.Net.Sockets;
using BdSync.TestUtilities;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>The server that other tests rely on does what it says.</summary>
public sealed class SshServerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_lets_in_whom_it_should_and_nobody_else()
    {
        using var server = SshServer.Start();
        var key = SshKeyPair.Create(folder.GetPath("key"));
        Assert.Throws<InvalidOperationException>(() => server.Prove(key));
        server.Authorize(key);
        server.Prove(key);
        File.WriteAllText(folder.GetPath("known_hosts"), server.KnownHostsLine + "\n");
        server.Prove(key, "-o", "StrictHostKeyChecking=yes", "-o", $"UserKnownHostsFile={folder.GetPath("known_hosts")}");
    }

    [Fact]
    public void It_takes_lines_of_configuration_and_types_of_host_keys()
    {
        using var server = SshServer.Start(["LogLevel DEBUG1", "MaxAuthTries 2"], ["ecdsa", "rsa:2048"]);
        Assert.StartsWith("ecdsa-sha2-nistp256 ", server.HostKeys[0].PublicLine, StringComparison.Ordinal);
        Assert.StartsWith("ssh-rsa ", server.HostKeys[1].PublicLine, StringComparison.Ordinal);
        Assert.Contains("debug1:", server.Log, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => SshServer.Start(["NoSuchOption yes"]));
    }

    [Fact]
    public void A_connection_outlives_Stop_and_not_Kill()
    {
        using var server = SshServer.Start();
        var key = SshKeyPair.Create(folder.GetPath("key"));
        server.Authorize(key);
        using var client = Process.Start(new ProcessStartInfo(
            "ssh",
            ["-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=QUIET", "-i", key.Path,
                "-p", $"{server.Port}", $"{SshServer.User}@{SshServer.Address}", "exec cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("one", Echo(client, "one"));
        server.Stop();
        Assert.Throws<SocketException>(() => new TcpClient(SshServer.Address, server.Port).Dispose());
        Assert.Equal("two", Echo(client, "two"));
        server.Kill();
        Assert.True(client.WaitForExit(TestSession.Limit), "ssh is still running.");
        server.Restart();
        server.Prove(key);
    }

    private static string? Echo(Process client, string line)
    {
        client.StandardInput.WriteLine(line);
        client.StandardInput.Flush();
        return client.StandardOutput.ReadLine();
    }
}
