using System.Diagnostics;

namespace BdSync.TestUtilities.Ssh;

/// <summary>A real ssh-agent of a test's own.</summary>
public sealed class SshAgentProcess : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    private SshAgentProcess()
    {
        SocketPath = folder.GetPath("agent");
        process = Process.Start(new ProcessStartInfo("ssh-agent", ["-D", "-a", SocketPath]) { RedirectStandardOutput = true })!;
    }

    /// <summary>For SSH_AUTH_SOCK.</summary>
    public string SocketPath { get; }

    /// <summary>Starts it.</summary>
    public static SshAgentProcess Start()
    {
        OpenSshCommand.Require("ssh-agent");
        var agent = new SshAgentProcess();
        if (!SpinWait.SpinUntil(() => File.Exists(agent.SocketPath), TimeSpan.FromSeconds(30)))
        {
            agent.Dispose();
            throw new TimeoutException("ssh-agent has made no socket within 30 s.");
        }

        return agent;
    }

    /// <summary>Runs ssh-add, such as with <c>-D</c>, <c>-x</c> or a key's path.</summary>
    /// <param name="passphrase">What it gets if it asks for one.</param>
    /// <param name="arguments">For ssh-add.</param>
    public string Add(string passphrase, params string[] arguments)
    {
        var script = folder.CreateFile("askpass", "#!/bin/sh\nprintf '%s\\n' \"$TEST_PASSPHRASE\"\n"u8);
        OpenSshCommand.Run("chmod", "700", script);
        var (exitStatus, output) = OpenSshCommand.TryRun(
            "ssh-add",
            arguments,
            new Dictionary<string, string> { ["SSH_AUTH_SOCK"] = SocketPath, ["SSH_ASKPASS"] = script, ["SSH_ASKPASS_REQUIRE"] = "force", ["TEST_PASSPHRASE"] = passphrase });
        return exitStatus == 0 ? output : throw new InvalidOperationException($"ssh-add ended with exit status {exitStatus}: {output}");
    }

    /// <summary>Ends it; its socket stays, as after a crash.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        process.Dispose();
        folder.Dispose();
    }
}
