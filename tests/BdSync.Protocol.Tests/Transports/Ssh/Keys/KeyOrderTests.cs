using BdSync.TestUtilities;
using BdSync.TestUtilities.Ssh;
using Renci.SshNet.Common;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>In which order keys are offered, what a server's tries are spent on, and when a passphrase is asked for.</summary>
public sealed class KeyOrderTests : IDisposable
{
    private const string Passphrase = "correct horse";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Identity_files_in_the_agent_come_first_then_its_other_keys_then_other_files()
    {
        using var server = SshServer.Start();
        using var agent = SshAgentProcess.Start();
        string[] names = ["only-file", "both-late", "both", "only-agent"];
        var keys = names.Select(name => SshKeyPair.Create(folder.GetPath(name))).ToArray();
        agent.Add("", keys[3].Path, keys[2].Path, keys[1].Path);
        var login = new KeyLogin(KeyLogin.CreateSettings(keys[0].Path, keys[1].Path, keys[2].Path) with { IdentityAgent = agent.SocketPath });
        Assert.False(login.TryConnect(server));
        int[] expected = [1, 2, 3, 0];
        var offered = server.Log.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.Contains("Failed publickey", StringComparison.Ordinal)).Select(line => line.Split(' ').Last(word => word.StartsWith("SHA256:", StringComparison.Ordinal)));
        Assert.Equal(expected.Select(index => keys[index].Fingerprint), offered);
    }

    [Fact]
    public void IdentitiesOnly_leaves_the_agents_other_keys_out()
    {
        using var server = SshServer.Start();
        using var agent = SshAgentProcess.Start();
        var key = SshKeyPair.Create(folder.GetPath("key"));
        server.Authorize(key);
        agent.Add("", key.Path);
        var other = SshKeyPair.Create(folder.GetPath("other"));
        var login = new KeyLogin(KeyLogin.CreateSettings(other.Path) with { IdentityAgent = agent.SocketPath, IdentitiesOnly = true });
        Assert.False(login.TryConnect(server));
        Assert.DoesNotContain(key.Fingerprint, login.Description, StringComparison.Ordinal);
        Assert.IsType<SshAuthenticationException>(login.Error);
    }

    [Fact]
    public void A_passphrase_is_not_asked_for_a_key_that_the_server_does_not_take()
    {
        using var server = SshServer.Start();
        var unknown = SshKeyPair.Create(folder.GetPath("unknown"), passphrase: Passphrase);
        var key = SshKeyPair.Create(folder.GetPath("key"), passphrase: Passphrase);
        var late = SshKeyPair.Create(folder.GetPath("late"), passphrase: Passphrase);
        server.Authorize(key);
        server.Authorize(late);
        var login = new KeyLogin(KeyLogin.CreateSettings(unknown.Path, key.Path, late.Path), _ => Passphrase);
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Equal([$"Enter passphrase for key '{key.Path}': "], login.Prompts);
    }

    [Fact]
    public void A_passphrase_is_not_asked_for_a_single_key_that_the_server_does_not_take()
    {
        using var server = SshServer.Start();
        var unknown = SshKeyPair.Create(folder.GetPath("unknown"), passphrase: Passphrase);
        var login = new KeyLogin(KeyLogin.CreateSettings(unknown.Path), _ => Passphrase);
        Assert.False(login.TryConnect(server));
        Assert.Empty(login.Prompts);
    }

    [Fact]
    public void A_passphrase_is_asked_for_three_times_and_then_the_next_key_has_its_turn()
    {
        using var server = SshServer.Start();
        var forgotten = SshKeyPair.Create(folder.GetPath("forgotten"), passphrase: Passphrase);
        var key = SshKeyPair.Create(folder.GetPath("key"));
        server.Authorize(forgotten);
        server.Authorize(key);
        var login = new KeyLogin(KeyLogin.CreateSettings(forgotten.Path, key.Path), _ => "wrong");
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Equal(3, login.Prompts.Count);
        Assert.Contains(login.Warnings, warning => warning.Contains($"{forgotten.Path} can't be decrypted", StringComparison.Ordinal));
    }

    [Fact]
    public void The_second_of_three_passphrases_is_enough()
    {
        using var server = SshServer.Start();
        var key = SshKeyPair.Create(folder.GetPath("key"), passphrase: Passphrase);
        server.Authorize(key);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path), prompt => prompt.StartsWith("Bad", StringComparison.Ordinal) ? Passphrase : "wrong");
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Equal(2, login.Prompts.Count);
    }

    [Fact]
    public void Several_connections_ask_for_a_passphrase_once()
    {
        using var server = SshServer.Start();
        var key = SshKeyPair.Create(folder.GetPath("key"), passphrase: Passphrase);
        server.Authorize(key);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path), _ => Passphrase);
        using var keys = login.Load();
        Assert.True(login.TryConnect(server, keys), login.Description + server.Log);
        Assert.True(login.TryConnect(server, keys), login.Description + server.Log);
        Assert.Single(login.Prompts);
    }

    [Fact]
    public void What_the_user_ends_at_the_prompt_ends_the_connection()
    {
        using var server = SshServer.Start();
        var key = SshKeyPair.Create(folder.GetPath("key"), passphrase: Passphrase);
        server.Authorize(key);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path), _ => throw new OperationCanceledException());
        Assert.Throws<OperationCanceledException>(() => login.TryConnect(server));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_a_terminal_a_key_with_a_passphrase_is_skipped_and_the_message_says_why(bool hasDelegate)
    {
        using var server = SshServer.Start();
        var key = SshKeyPair.Create(folder.GetPath("key"), passphrase: Passphrase);
        server.Authorize(key);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path), hasDelegate ? _ => null : null);
        Assert.False(login.TryConnect(server));
        Assert.Contains($"{key.Path} needs a passphrase and there is no terminal: load it into ssh-agent.", login.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_RSA_keys_before_the_right_one_leave_a_try_for_it()
    {
        using var server = SshServer.Start();
        var keys = Enumerable.Range(0, 6).Select(index => SshKeyPair.Create(folder.GetPath($"key{index}"), "rsa:2048")).ToArray();
        server.Authorize(keys[5]);
        var login = new KeyLogin(KeyLogin.CreateSettings([.. keys.Select(key => key.Path)]));
        Assert.True(login.TryConnect(server), login.Description + server.Log);
    }

    [Fact]
    public void Too_many_keys_end_with_advice()
    {
        using var server = SshServer.Start();
        var keys = Enumerable.Range(0, 8).Select(index => SshKeyPair.Create(folder.GetPath($"key{index}"))).ToArray();
        server.Authorize(keys[7]);
        var login = new KeyLogin(KeyLogin.CreateSettings([.. keys.Select(key => key.Path)]));
        Assert.False(login.TryConnect(server));
        Assert.Contains("set IdentitiesOnly", login.Description, StringComparison.Ordinal);
        Assert.Contains("Too many authentication failures", Assert.IsType<SshConnectionException>(login.Error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsa-sha2-256")]
    [InlineData("rsa-sha2-512")]
    public void An_RSA_key_signs_with_what_the_server_takes(string algorithm)
    {
        using var server = SshServer.Start([$"PubkeyAcceptedAlgorithms {algorithm}"]);
        using var agent = SshAgentProcess.Start();
        var key = SshKeyPair.Create(folder.GetPath("key"), "rsa:2048");
        server.Authorize(key);
        agent.Add("", key.Path);
        var fromFile = new KeyLogin(KeyLogin.CreateSettings(key.Path));
        Assert.True(fromFile.TryConnect(server), fromFile.Description + server.Log);
        var fromAgent = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = agent.SocketPath });
        Assert.True(fromAgent.TryConnect(server), fromAgent.Description + server.Log);
    }

    [Fact]
    public void SHA_1_is_not_offered()
    {
        using var server = SshServer.Start(["PubkeyAcceptedAlgorithms ssh-rsa"]);
        var key = SshKeyPair.Create(folder.GetPath("key"), "rsa:2048");
        server.Authorize(key);
        Assert.False(new KeyLogin(KeyLogin.CreateSettings(key.Path)).TryConnect(server));
    }
}
