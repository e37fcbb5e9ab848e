using BdSync.Protocol.Transports.Ssh.Trust;
using BdSync.TestUtilities;
using Renci.SshNet;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

/// <summary>Connections to a real sshd: which of its keys it is asked for, certificates, and new session keys within a connection.</summary>
public sealed class HostKeyConnectionTests(TestKeys keys) : IClassFixture<TestKeys>, IDisposable
{
    private readonly TestKeys keys = keys.Require();
    private readonly TemporaryFolder folder = new();
    private readonly List<string> warnings = [];

    // The line of known_hosts, options of ssh-keygen when it signs, and what is objected; "" where the certificate is right.
    public static TheoryData<string, string[], string> Certificates => new()
    {
        { "ed25519", ["-h", "-n", "127.0.0.1"], "" },
        { "ed25519", ["-h", "-n", "other,127.0.*"], "" },
        { "ecdsa", ["-h", "-n", "127.0.0.1"], "" },
        { "rsa", ["-h", "-n", "127.0.0.1"], "" },
        { "ed25519", ["-h", "-n", "other"], "is not for the name 127.0.0.1" },
        { "ed25519", ["-h"], "is not for the name 127.0.0.1" },
        { "rsa", ["-h", "-n", "127.0.0.1", "-V", "20200101:20210101"], "was valid until 2021-01-01" },
        { "ed25519", ["-h", "-n", "127.0.0.1", "-V", "21000101:21100101"], "is not valid before 2100-01-01" },
        { "ed25519", ["-h", "-n", "127.0.0.1", "-O", "critical:strange"], "critical options" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    [InlineData("rsa")]
    public void Host_with_several_keys_is_asked_for_the_known_one(string name)
    {
        using var server = LoopbackSshServer.Start(keys.GetPath("ed25519"), keys.GetPath("ecdsa"), keys.GetPath("rsa"));
        var key = File.ReadAllText(keys.GetPath(name) + ".pub").Trim();
        Assert.Null(Connect(server, $"[127.0.0.1]:{server.Port} {key}\n127.0.0.1 {keys.Authority}\n"));
    }

    [Fact]
    public void Failure_says_why_the_connection_was_refused()
    {
        using var server = LoopbackSshServer.Start(keys.GetPath("ed25519"));
        Assert.Contains("has another key than before", Connect(server, $"* {keys.OtherEd25519}\n"), StringComparison.Ordinal);
        Assert.Contains("is not known", Connect(server, ""), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Certificates))]
    public void Certificate_is_taken_if_it_is_right_and_the_key_by_itself_otherwise(string name, string[] options, string objection)
    {
        foreach (var authority in new[] { "authority", "rsa-authority" })
        {
            using var server = StartWithCertificate(name, authority, options);
            var line = $"@cert-authority 127.0.0.1 {(authority == "authority" ? keys.Authority : keys.RsaAuthority)}\n";
            var failure = Connect(server, line);
            if (objection.Length == 0)
            {
                Assert.Null(failure);
            }
            else
            {
                Assert.Contains(objection, failure, StringComparison.Ordinal);
                Assert.Null(Connect(server, $"{line}127.0.0.1 {File.ReadAllText(keys.GetPath(name) + ".pub")}"));
            }
        }
    }

    [Fact]
    public void Certificate_of_a_stranger_or_of_a_revoked_authority_or_key_is_refused()
    {
        using var server = StartWithCertificate("ed25519", "authority", ["-h", "-n", "127.0.0.1"]);
        var right = $"@cert-authority * {keys.Authority}\n";
        Assert.Contains("no certificate authority for this host", Connect(server, $"@cert-authority * {keys.RsaAuthority}\n"), StringComparison.Ordinal);
        Assert.Contains("is not known", Connect(server, $"@cert-authority other {keys.Authority}\n"), StringComparison.Ordinal);
        Assert.Contains("whose authority is revoked", Connect(server, $"{right}@cert-authority * {keys.RsaAuthority}\n@revoked * {keys.Authority}\n"), StringComparison.Ordinal);
        Assert.Contains("must never be accepted", Connect(server, $"{right}@revoked * {keys.Ed25519}\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void New_session_keys_are_taken_with_the_same_host_key()
    {
        using var server = LoopbackSshServer.StartWith($"HostKey {keys.GetPath("ed25519")}", "RekeyLimit 64K");
        var checks = 0;
        Assert.Null(Connect(server, $"127.0.0.1 {keys.Ed25519}\n", client =>
        {
            client.HostKeyReceived += (_, _) => checks++;
            using var command = client.RunCommand("head -c 2000000 /dev/zero");
            Assert.Equal(2_000_000, command.Result.Length);
        }));
        Assert.InRange(checks, 1, int.MaxValue);
    }

    private LoopbackSshServer StartWithCertificate(string name, string authority, string[] options)
    {
        var path = folder.GetPath("host");
        File.Copy(keys.GetPath(name), path, overwrite: true);
        File.Copy(keys.GetPath(name) + ".pub", path + ".pub", overwrite: true);
        OpenSsh.RunOrFail("ssh-keygen", ["-q", "-s", keys.GetPath(authority), "-I", "host", .. options, path + ".pub"]);
        return LoopbackSshServer.StartWith($"HostKey {path}", $"HostCertificate {path}-cert.pub");
    }

    // What the verifier has against the host; null if the connection came about.
    private string? Connect(LoopbackSshServer server, string knownHosts, Action<SshClient>? use = null)
    {
        var file = folder.CreateFile("known_hosts", System.Text.Encoding.ASCII.GetBytes(knownHosts));
        var verifier = new HostKeyVerifier(TestHost.Create("127.0.0.1", server.Port, file), warnings.Add);
        using var userKey = new PrivateKeyFile(server.UserKeyPath);
        using var method = new PrivateKeyAuthenticationMethod(Environment.UserName, userKey);
        var connection = new ConnectionInfo("127.0.0.1", server.Port, Environment.UserName, method);
        verifier.OrderHostKeyAlgorithms(connection);
        using var client = new SshClient(connection);
        client.HostKeyReceived += (_, presented) => verifier.Accept(presented);
        var exception = Record.Exception(() =>
        {
            client.Connect();
            use?.Invoke(client);
        });
        Assert.True(exception is null == verifier.Failure is null, exception?.ToString());
        return verifier.Failure?.Message;
    }
}
