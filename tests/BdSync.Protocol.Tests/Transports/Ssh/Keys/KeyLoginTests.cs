using BdSync.TestUtilities;
using BdSync.TestUtilities.Ssh;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>Every kind of key, from a file and from the real agent, plain and as a certificate, with a real sshd.</summary>
public sealed class KeyLoginTests : IDisposable
{
    private const string Passphrase = "correct horse";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> TypesAndFormats =>
        new MatrixTheoryData<string, string>(["ed25519", "ecdsa:256", "ecdsa:384", "ecdsa:521", "rsa:2048"], ["RFC4716", "PEM", "PKCS8"]);

    public static TheoryData<string> Types => ["ed25519", "ecdsa:256", "ecdsa:384", "ecdsa:521", "rsa:2048"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(TypesAndFormats))]
    public void A_key_file_logs_in(string type, string format)
    {
        using var server = SshServer.Start();
        var key = CreateKey(type, "", format);
        server.Authorize(key);
        server.Prove(key);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path));
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Empty(login.Warnings);
        Assert.Contains($"tried: key file {key.Path}", login.Description, StringComparison.Ordinal);
        Assert.Contains(key.Fingerprint, login.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TypesAndFormats))]
    public void A_key_file_with_a_passphrase_logs_in(string type, string format)
    {
        using var server = SshServer.Start();
        var key = CreateKey(type, Passphrase, format);
        server.Authorize(key);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path), _ => Passphrase);
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Equal([$"Enter passphrase for key '{key.Path}': "], login.Prompts);
    }

    [Theory]
    [MemberData(nameof(TypesAndFormats))]
    public void A_key_file_logs_in_without_a_public_one_beside_it(string type, string format)
    {
        using var server = SshServer.Start();
        var key = CreateKey(type, Passphrase, format);
        server.Authorize(key);
        File.Delete(key.PublicPath);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path), _ => Passphrase);
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Single(login.Prompts);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void An_agent_key_logs_in(string type)
    {
        using var server = SshServer.Start();
        using var agent = SshAgentProcess.Start();
        var key = CreateKey(type, Passphrase);
        server.Authorize(key);
        agent.Add(Passphrase, key.Path);
        var login = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = agent.SocketPath });
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Contains("tried: agent key 'comment of key'", login.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_agent_signs_for_an_identity_file_and_nobody_is_asked(string type)
    {
        using var server = SshServer.Start();
        using var agent = SshAgentProcess.Start();
        var key = CreateKey(type, Passphrase);
        server.Authorize(key);
        agent.Add(Passphrase, key.Path);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path) with { IdentityAgent = agent.SocketPath, IdentitiesOnly = true });
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Contains($"tried: agent key {key.Path}", login.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("named")]
    [InlineData("beside a name")]
    public void The_agent_signs_for_a_public_file(string how)
    {
        using var server = SshServer.Start();
        using var agent = SshAgentProcess.Start();
        var key = CreateKey("ed25519", "");
        server.Authorize(key);
        agent.Add("", key.Path);
        File.Delete(key.Path);
        var login = new KeyLogin(KeyLogin.CreateSettings(how == "named" ? key.PublicPath : key.Path) with { IdentityAgent = agent.SocketPath, IdentitiesOnly = true });
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Empty(login.Warnings);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_certificate_beside_a_key_file_logs_in(string type)
    {
        using var server = SshServer.Start();
        var key = CreateKey(type, Passphrase);
        key.Certify(server.UserAuthority, "-n", SshServer.User);
        server.Prove(CreateAuthorized(server));
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path), _ => Passphrase);
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Contains($"certificate {key.CertificatePath}", login.Description, StringComparison.Ordinal);
        Assert.Single(login.Prompts);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_certificate_with_its_own_name_logs_in_first(string type)
    {
        using var server = SshServer.Start();
        var key = CreateKey(type, "");
        var path = folder.GetPath("certificate");
        File.Move(key.Certify(server.UserAuthority, "-n", SshServer.User), path);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path) with { CertificateFiles = [path] });
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.StartsWith($"tried: certificate {path}", login.Description, StringComparison.Ordinal);
        Assert.Contains($"; not tried: key file {key.Path}", login.Description, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_agent_signs_for_a_certificate_file(string type)
    {
        using var server = SshServer.Start();
        using var agent = SshAgentProcess.Start();
        var key = CreateKey(type, Passphrase);
        agent.Add(Passphrase, key.Path);
        key.Certify(server.UserAuthority, "-n", SshServer.User);
        File.Delete(key.Path);
        var login = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = agent.SocketPath, CertificateFiles = [key.CertificatePath] });
        Assert.True(login.TryConnect(server), login.Description + server.Log);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_certificate_in_the_agent_logs_in(string type)
    {
        using var server = SshServer.Start();
        using var agent = SshAgentProcess.Start();
        var key = CreateKey(type, "");
        key.Certify(server.UserAuthority, "-n", SshServer.User);
        agent.Add("", key.Path);
        var login = new KeyLogin(KeyLogin.CreateSettings() with { IdentityAgent = agent.SocketPath });
        Assert.True(login.TryConnect(server), login.Description + server.Log);
        Assert.Contains("-CERT ", login.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_has_ended_is_refused_and_the_message_says_so()
    {
        using var server = SshServer.Start();
        var key = CreateKey("ed25519", "");
        key.Certify(server.UserAuthority, "-n", SshServer.User, "-V", "-2h:-1h");
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path));
        Assert.False(login.TryConnect(server));
        Assert.Matches("certificate .*-CERT SHA256:[^ ]+ that ended on ", login.Description);
    }

    private SshKeyPair CreateKey(string type, string passphrase, string format = "RFC4716")
    {
        OpenSshCommand.Require("ssh-keygen");
        return SshKeyPair.Create(folder.GetPath("key"), type, passphrase, format);
    }

    private SshKeyPair CreateAuthorized(SshServer server)
    {
        var other = SshKeyPair.Create(folder.GetPath("other"));
        server.Authorize(other);
        return other;
    }
}
