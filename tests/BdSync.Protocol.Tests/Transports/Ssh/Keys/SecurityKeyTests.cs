using BdSync.Protocol.Transports.Ssh.Keys;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>Keys of FIDO tokens, which only an agent can have.</summary>
public class SecurityKeyTests
{
    public static TheoryData<string> Types => ["sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_server_takes_what_the_agent_signs(string type)
    {
        var key = SoftwareSecurityKey.Create(type);
        using var server = SshServer.Start();
        File.WriteAllText(server.AuthorizedKeysPath, key.AuthorizedKeysLine);
        using var agent = CreateAgent(key);
        var login = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = agent.SocketPath });
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Contains("tried: agent key 'a comment' E", login.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_touch_is_not_asked_for_where_the_server_does_not_know_the_key(string type)
    {
        using var server = SshServer.Start();
        using var agent = CreateAgent(SoftwareSecurityKey.Create(type));
        Assert.False(new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = agent.SocketPath }).TryConnect(server));
        Assert.All(agent.Requests, request => Assert.Equal((byte)AgentMessage.RequestIdentities, request[0]));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Key_and_signature_go_through_as_they_are(string type)
    {
        var key = SoftwareSecurityKey.Create(type);
        var signature = key.Sign([9]);
        using var agent = ScriptedAgent.Create(ScriptedAgent.ListKeys(key.Blob), _ => CreateAnswer(signature));
        using var keys = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = agent.SocketPath }).Load();
        var offered = keys.Sources[0].HostKeyAlgorithms.Single();
        Assert.Equal(type, offered.Name);
        Assert.Equal(key.Blob, offered.Data);
        Assert.Equal(signature, offered.Sign([1, 2, 3]));

        var request = new SshDataWriter().AddByte((byte)AgentMessage.SignRequest).AddString(key.Blob).AddString([1, 2, 3]).AddUInt32(0).ToArray();
        Assert.Equal(request, agent.Requests[^1]);
    }

    private static ScriptedAgent CreateAgent(SoftwareSecurityKey key) => ScriptedAgent.Create(
        ScriptedAgent.ListKeys(key.Blob),
        request =>
        {
            var reader = new SshDataReader(request.AsSpan(1));
            reader.ReadString();
            return CreateAnswer(key.Sign(reader.ReadString().ToArray()));
        });

    private static byte[] CreateAnswer(byte[] signature) => new SshDataWriter().AddByte((byte)AgentMessage.SignResponse).AddString(signature).ToArray();
}
