using System.Globalization;
using BdSync.Protocol.Transports.Ssh;
using BdSync.Protocol.Transports.Ssh.Trust;
using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

/// <summary>Whether a host is accepted, and what is noted of it, is what the real ssh decides with the same file.</summary>
public sealed class HostKeyVerifierTests(TestKeys keys) : IClassFixture<TestKeys>, IDisposable
{
    private const string Address = "127.0.0.1";

    private readonly TestKeys keys = keys.Require();
    private readonly TemporaryFolder folder = new();
    private readonly List<string> warnings = [];

    // %H is [127.0.0.1]:PORT and %P the port; the host's key is %K, %O is another one of its type, and %R an RSA key.
    public static TheoryData<string> Files =>
    [
        "",
        "%H %K",
        "%H %K\n%H %O",
        "%H %O",
        "%H %O\n%H %K",
        "%H %R",
        "other.example %R\n# a comment",
        "127.0.0.1 %K",
        "127.0.0.1 %O",
        "127.0.0.1 %R",
        "127.0.0.1 %K\n%H %R",
        "[127.0.0.1]:1 %K",
        "[127.0.0.1]:* %K",
        "* %K",
        "* %O",
        "*,!%H %K",
        "*,!127.0.0.1 %K",
        "!%H,* %O",
        "127.0.0.? %K",
        "alias %K",
        "alias %O",
        "ALIAS %K",
        "[alias]:%P %K",
        "@cert-authority * %O",
        "@cert-authority * %K",
        "@unknown * %O",
        "%H broken",
        "@revoked %H %O",
        "@revoked %H %O\n%H %K",
        "@revoked %H %K",
        "@revoked * %K\n%H %K",
        "@revoked %H %K\n%H %O",
    ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void Decision_is_that_of_ssh(string file)
    {
        using var server = LoopbackSshServer.Start(keys.GetPath("ed25519"));
        foreach (var (checking, option) in new[] { (HostKeyChecking.Strict, "yes"), (HostKeyChecking.AcceptNew, "accept-new"), (HostKeyChecking.Off, "no") })
        {
            foreach (var alias in new[] { null, "Alias" })
            {
                var (accepted, noted) = AskSsh(server.Port, Create("theirs", file, server.Port), option, alias);
                var ours = Create("ours", file, server.Port);
                var verifier = new HostKeyVerifier(TestHost.Create(Address, server.Port, ours, checking, alias), warnings.Add);
                var failure = Verify(verifier, keys.Ed25519);

                // ssh takes revoked keys where nothing is checked; here they are refused always.
                var isRevoked = failure?.Message.Contains("revoked", StringComparison.Ordinal) == true;
                Assert.True(isRevoked || accepted == (failure is null), $"{option} {alias}: ssh says {accepted}, {failure?.Message}");
                Assert.True(!isRevoked || checking == HostKeyChecking.Off || !accepted, failure?.Message);
                Assert.Equal(noted, File.ReadAllText(ours));
                Assert.Equal(BdSyncExitStatus.Connection, failure?.ExitStatus ?? BdSyncExitStatus.Connection);
            }
        }
    }

    [Fact]
    public void Unknown_host_is_told_with_its_fingerprint_and_what_to_run()
    {
        var failure = Refuse("", TestHost.Create("Backup.example", 2222, folder.GetPath("known_hosts")), keys.Ed25519);
        Assert.Contains("[backup.example]:2222", failure, StringComparison.Ordinal);
        Assert.Contains($"ssh-ed25519 {GetFingerprint("ed25519")}", failure, StringComparison.Ordinal);
        Assert.Contains("connect once with `ssh`", failure, StringComparison.Ordinal);
        Assert.Contains("`ssh-keyscan -p 2222 -t ed25519 Backup.example`", failure, StringComparison.Ordinal);
        Assert.Contains(folder.GetPath("known_hosts"), failure, StringComparison.Ordinal);

        failure = Refuse("", TestHost.Create("10.0.0.1", 22, folder.GetPath("known_hosts"), alias: "backup") with { SshCommand = "ssh -F my-config backup" }, keys.Ecdsa);
        Assert.Contains("host backup is", failure, StringComparison.Ordinal);
        Assert.Contains("`ssh -F my-config backup`", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("ssh-keyscan", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_key_is_told_with_both_fingerprints_and_where()
    {
        var file = folder.GetPath("known_hosts");
        var failure = Refuse($"# mine\nh {keys.Rsa}\nh {keys.OtherEd25519}\n", TestHost.Create("h", 22, file), keys.Ed25519);
        Assert.Contains("has another key than before", failure, StringComparison.Ordinal);
        Assert.Contains($"it showed ssh-ed25519 {GetFingerprint("ed25519")}", failure, StringComparison.Ordinal);
        Assert.Contains($"ssh-rsa {GetFingerprint("rsa")} ({file}:2), ssh-ed25519 {GetFingerprint("other")} ({file}:3)", failure, StringComparison.Ordinal);
        Assert.Contains($"`ssh-keygen -R 'h' -f '{file}'`", failure, StringComparison.Ordinal);

        failure = Refuse($"h {keys.Rsa}\n", TestHost.Create("h", 22, file), keys.Ed25519);
        Assert.Contains("a key of a type that isn't known for it", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Revoked_key_is_told_with_its_place_though_nothing_is_checked()
    {
        var file = folder.GetPath("known_hosts");
        var failure = Refuse($"h {keys.Ed25519}\n@revoked * {keys.Ed25519}\n", TestHost.Create("h", 22, file, HostKeyChecking.Off), keys.Ed25519);
        Assert.Contains($"{file}:2", failure, StringComparison.Ordinal);
        Assert.Contains(GetFingerprint("ed25519"), failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Host_with_an_authority_that_shows_a_key_only_is_told_so()
    {
        var file = folder.GetPath("known_hosts");
        var failure = Refuse($"@cert-authority * {keys.Authority}\n", TestHost.Create("h", 22, file), keys.Ed25519);
        Assert.Contains($"The certificate authority in {file}:1 is trusted with it, but it showed no certificate.", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void New_key_is_refused_where_a_file_that_may_know_another_one_can_not_be_read()
    {
        var settings = TestHost.Create("h", 22, folder.GetPath("known_hosts"), HostKeyChecking.AcceptNew) with { GlobalKnownHostsFiles = [folder.FullPath] };
        var failure = Refuse("", settings, keys.Ed25519);
        Assert.Contains($"What {folder.FullPath} says of the host isn't known", failure, StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(folder.GetPath("known_hosts")));
    }

    [Fact]
    public void Failure_to_note_a_key_is_a_warning()
    {
        var verifier = new HostKeyVerifier(TestHost.Create("h", 22, "/proc/none/known_hosts", HostKeyChecking.AcceptNew), warnings.Add);
        Assert.Null(Verify(verifier, keys.Ed25519));
        Assert.Contains("can't be added", Assert.Single(warnings), StringComparison.Ordinal);

        var strange = new HostKeyVerifier(TestHost.Create("h", 22, folder.GetPath("new"), HostKeyChecking.AcceptNew, "a,b"), warnings.Add);
        Assert.Null(Verify(strange, keys.Ed25519));
        Assert.False(File.Exists(folder.GetPath("new")));
    }

    [Fact]
    public void Connection_has_one_key()
    {
        var file = Create("known_hosts", "h %K\nh %R", 22);
        var verifier = new HostKeyVerifier(TestHost.Create("h", 22, file), warnings.Add);
        Assert.Null(Verify(verifier, keys.Ed25519));
        Assert.Null(Verify(verifier, keys.Ed25519));
        Assert.Contains("within the connection", Verify(verifier, keys.Rsa)?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_key_is_refused_though_nothing_is_checked()
    {
        var verifier = new HostKeyVerifier(TestHost.Create("h", 22, folder.GetPath("known_hosts"), HostKeyChecking.Off), warnings.Add);
        Assert.Throws<TransportException>(() => verifier.Verify([0, 0, 0, 200, 1]));
        Assert.Throws<TransportException>(() => verifier.Verify([]));
    }

    private static TransportException? Verify(HostKeyVerifier verifier, string key) =>
        Record.Exception(() => verifier.Verify(TestKeys.GetBlob(key))) is { } exception ? Assert.IsType<TransportException>(exception) : null;

    private string Refuse(string text, SshHostSettings settings, string key)
    {
        File.WriteAllText(settings.UserKnownHostsFiles[0], text);
        return Verify(new HostKeyVerifier(settings, warnings.Add), key)?.Message ?? throw new InvalidOperationException("The key was accepted.");
    }

    private string GetFingerprint(string name) => OpenSsh.RunOrFail("ssh-keygen", "-l", "-f", keys.GetPath(name)).Split(' ')[1];

    private string Create(string name, string text, int port)
    {
        var content = text.Replace("%H", $"[{Address}]:%P", StringComparison.Ordinal)
            .Replace("%P", port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("%K", keys.Ed25519, StringComparison.Ordinal)
            .Replace("%O", keys.OtherEd25519, StringComparison.Ordinal)
            .Replace("%R", keys.Rsa, StringComparison.Ordinal);

        // ssh 9.2 writes behind a last line that lacks its end, on that line.
        return folder.CreateFile(name, System.Text.Encoding.ASCII.GetBytes(content + "\n"));
    }

    // What ssh decides on the key shows in what it complains of: the key, or that nobody may log in without one.
    private static (bool Accepted, string Noted) AskSsh(int port, string file, string checking, string? alias)
    {
        string[] aliasOption = alias is null ? [] : ["-o", $"HostKeyAlias={alias}"];
        var (_, output) = OpenSsh.Run("ssh", ["-F", "none", "-o", "BatchMode=yes", "-o", $"UserKnownHostsFile={file}", "-o", "GlobalKnownHostsFile=none",
            "-o", $"StrictHostKeyChecking={checking}", "-o", "HashKnownHosts=no", "-o", "PreferredAuthentications=none",
            "-p", port.ToString(CultureInfo.InvariantCulture), .. aliasOption, Address, "true"]);
        var isRefused = output.Contains("Host key verification failed", StringComparison.Ordinal);
        Assert.True(isRefused || output.Contains("Permission denied", StringComparison.Ordinal), output);
        return (!isRefused, File.ReadAllText(file));
    }
}
