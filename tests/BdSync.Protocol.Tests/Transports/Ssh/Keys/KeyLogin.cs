using System.Collections.Concurrent;
using BdSync.Protocol.Transports.Ssh;
using BdSync.Protocol.Transports.Ssh.Keys;
using BdSync.TestUtilities.Ssh;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>Logs in to a real sshd with the keys that settings lead to, and keeps what a user would see.</summary>
internal sealed class KeyLogin(SshHostSettings settings, Func<string, string?>? askPassphrase = null)
{
    public ConcurrentQueue<string> Warnings { get; } = [];

    public ConcurrentQueue<string> Prompts { get; } = [];

    public string Description { get; private set; } = "";

    public SshException? Error { get; private set; }

    /// <summary>Settings with nothing that the current user has.</summary>
    public static SshHostSettings CreateSettings(params string[] identityFiles) => new()
    {
        Host = "test",
        HostName = SshServer.Address,
        Port = 22,
        User = SshServer.User,
        IdentityFiles = identityFiles,
        HasOwnIdentityFiles = true,
    };

    /// <summary>Whether the server lets it in.</summary>
    public bool TryConnect(SshServer server)
    {
        using var keys = Load();
        return TryConnect(server, keys);
    }

    /// <summary>The same, with keys that have been loaded before.</summary>
    public bool TryConnect(SshServer server, UserKeys keys)
    {
        using var method = new PrivateKeyAuthenticationMethod(settings.User, [.. keys.Sources]);
        using var client = new SshClient(new ConnectionInfo(SshServer.Address, server.Port, settings.User, method));
        try
        {
            client.Connect();
            using var command = client.RunCommand("exit 42");
            Assert.Equal(42, command.ExitStatus);
            return true;
        }
        catch (SshException exception) when (exception is SshAuthenticationException or SshConnectionException)
        {
            Error = exception;
            return false;
        }
        finally
        {
            Description = keys.Describe();
        }
    }

    public UserKeys Load() => UserKeys.Load(settings, askPassphrase is null ? null : Ask, Warnings.Enqueue);

    private string? Ask(string prompt)
    {
        Prompts.Enqueue(prompt);
        return askPassphrase!(prompt);
    }
}
