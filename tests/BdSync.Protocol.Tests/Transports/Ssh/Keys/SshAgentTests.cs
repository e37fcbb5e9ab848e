using System.Diagnostics;
using System.Net.Sockets;
using BdSync.Protocol.Transports.Ssh.Keys;
using BdSync.TestUtilities;
using BdSync.TestUtilities.Ssh;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>Agents that refuse, hang or lie.</summary>
public class SshAgentTests
{
    private static readonly byte[] SecurityKey =
        new SshDataWriter().AddText("sk-ssh-ed25519@openssh.com").AddString(new byte[32]).AddText("ssh:").ToArray();

    private static readonly byte[] Failure = new SshDataWriter().AddByte((byte)AgentMessage.Failure).ToArray();

    [Fact]
    public void No_socket_means_no_keys_and_no_warning()
    {
        var login = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = "/no/such/agent" });
        using var keys = login.Load();
        Assert.Empty(keys.Sources);
        Assert.Empty(login.Warnings);
        Assert.Equal("tried: no key; skipped: There is no ssh agent at /no/such/agent.", keys.Describe());
    }

    [Fact]
    public void A_socket_of_an_agent_that_was_killed_is_a_warning()
    {
        using var folder = new TemporaryFolder();
        using (var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            listener.Bind(new UnixDomainSocketEndPoint(folder.GetPath("bound")));
            File.Move(folder.GetPath("bound"), folder.GetPath("agent"));
        }

        var login = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = folder.GetPath("agent") });
        using var keys = login.Load();
        Assert.Contains("was asked to list its keys, but: Connection refused", Assert.Single(login.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_too_long_for_a_socket_is_a_warning()
    {
        using var folder = new TemporaryFolder();
        var path = folder.CreateFile(new string('a', 200), []);
        var login = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = path });
        using var keys = login.Load();
        Assert.Single(login.Warnings);
    }

    [Fact]
    public void A_locked_agent_has_no_keys_and_signs_nothing()
    {
        using var folder = new TemporaryFolder();
        using var process = SshAgentProcess.Start();
        process.Add("", SshKeyPair.Create(folder.GetPath("key")).Path);
        var agent = new SshAgent(process.SocketPath);
        var key = Assert.Single(agent.ListKeys(Assert.Fail));
        process.Add("lock", "-x");
        Assert.Empty(agent.ListKeys(Assert.Fail));
        var error = Assert.Throws<TransportException>(() => key.Sign(key.Key, key.Key.Type.Algorithms[0], [1, 2, 3]));
        Assert.Equal($"The ssh agent at {process.SocketPath} refused to sign with its key {key.Key.Description}.", error.Message);
        Assert.Equal(BdSyncExitStatus.Connection, error.ExitStatus);
    }

    [Fact]
    public void An_agent_that_hangs_is_given_up()
    {
        using var agent = new ScriptedAgent(_ => null);
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<TransportException>(() => new SshAgent(agent.SocketPath, listLimit: TimeSpan.FromSeconds(0.5)).ListKeys(Assert.Fail));
        Assert.Contains("has not answered for 0.5 s", error.Message, StringComparison.Ordinal);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void An_agent_that_stops_in_the_middle_is_given_up()
    {
        using var agent = new ScriptedAgent(_ => [0, 0, 0, 5, 12, 0]);
        var error = Assert.Throws<TransportException>(() => new SshAgent(agent.SocketPath).ListKeys(Assert.Fail));
        Assert.Contains("list its keys, but:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(AgentConnection.MessageLengthMax + 1u)]
    [InlineData(uint.MaxValue)]
    public void A_length_that_is_not_allowed_is_refused(uint length)
    {
        using var agent = new ScriptedAgent(_ => new SshDataWriter().AddUInt32(length).AddBytes(new byte[100]).ToArray());
        var error = Assert.Throws<TransportException>(() => new SshAgent(agent.SocketPath).ListKeys(Assert.Fail));
        Assert.Contains($"An answer of {length} bytes was announced, 1 to {AgentConnection.MessageLengthMax} are allowed.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SshAgent.KeyCountMax + 1u)]
    [InlineData(uint.MaxValue)]
    public void Too_many_keys_are_refused(uint count)
    {
        using var agent = ScriptedAgent.Create(new SshDataWriter().AddByte((byte)AgentMessage.IdentitiesAnswer).AddUInt32(count).ToArray(), _ => Failure);
        var error = Assert.Throws<TransportException>(() => new SshAgent(agent.SocketPath).ListKeys(Assert.Fail));
        Assert.Contains($"{count} keys were announced, {SshAgent.KeyCountMax} are allowed.", error.Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 300)]
    public Property Whatever_an_agent_sends_ends_in_a_list_or_an_error() => Prop.ForAll(
        Arb.From(Answers), bytes =>
        {
            using var agent = new ScriptedAgent(_ => bytes);
            try
            {
                new SshAgent(agent.SocketPath).ListKeys(_ => { });
            }
            catch (TransportException exception)
            {
                Assert.Equal(BdSyncExitStatus.Connection, exception.ExitStatus);
            }
        });

    [Fact]
    public void A_key_of_another_type_is_skipped_and_the_others_are_used()
    {
        var old = new SshDataWriter().AddText("ssh-dss").AddString([1]).ToArray();
        using var agent = ScriptedAgent.Create(ScriptedAgent.ListKeys(old, SecurityKey), _ => Failure);
        var skipped = new List<string>();
        Assert.Equal(SecurityKey, Assert.Single(new SshAgent(agent.SocketPath).ListKeys(skipped.Add)).Key.Blob);
        Assert.Contains("'ssh-dss'", Assert.Single(skipped), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ssh-rsa", "signed with 'ssh-rsa' where")]
    [InlineData("", "signed with '' where")]
    public void A_signature_of_another_algorithm_is_refused(string name, string words)
    {
        using var agent = ScriptedAgent.Create(
            ScriptedAgent.ListKeys(SecurityKey), _ => new SshDataWriter().AddByte((byte)AgentMessage.SignResponse).AddString(new SshDataWriter().AddText(name).ToArray()).ToArray());
        var key = new SshAgent(agent.SocketPath).ListKeys(Assert.Fail)[0];
        var error = Assert.Throws<TransportException>(() => key.Sign(key.Key, key.Key.Type.Algorithms[0], []));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_that_refuses_to_sign_is_a_warning_and_the_next_key_has_its_turn()
    {
        using var server = SshServer.Start();
        using var folder = new TemporaryFolder();
        var refused = SshKeyPair.Create(folder.GetPath("refused"));
        var key = SshKeyPair.Create(folder.GetPath("key"));
        server.Authorize(refused);
        server.Authorize(key);
        using var agent = ScriptedAgent.Create(ScriptedAgent.ListKeys(PublicKey.ParseLine(refused.PublicLine).Blob), _ => Failure);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path) with { IdentityAgent = agent.SocketPath });
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Contains("refused to sign", Assert.Single(login.Warnings), StringComparison.Ordinal);
    }

    // Bytes of which nothing is right, and lists in which one thing is wrong.
    private static Gen<byte[]> Answers
    {
        get
        {
            var list = new SshDataWriter().AddString(ScriptedAgent.ListKeys(SecurityKey, SecurityKey)).ToArray();
            var anyByte = Gen.Choose(0, 255).Select(value => (byte)value);
            var changed = from position in Gen.Choose(0, list.Length - 1)
                          from value in anyByte
                          from length in Gen.Choose(0, list.Length)
                          select list.Select((original, index) => index == position ? value : original).Take(Math.Max(length, position + 1)).ToArray();
            return Gen.OneOf(changed, anyByte.ArrayOf(), anyByte.ArrayOf().Select(bytes => new SshDataWriter().AddString([12, .. bytes]).ToArray()));
        }
    }
}
