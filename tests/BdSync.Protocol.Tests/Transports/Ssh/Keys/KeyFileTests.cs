using System.Text;
using BdSync.Protocol.Transports.Ssh.Keys;
using BdSync.TestUtilities;
using BdSync.TestUtilities.Ssh;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>Key files that must not or can't be used, and what the user is told.</summary>
public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("640", "0640", "0600")]
    [InlineData("604", "0604", "0600")]
    [InlineData("777", "0777", "0700")]
    public void A_file_that_others_may_use_is_refused(string mode, string found, string allowed)
    {
        var key = CreateKey();
        OpenSshCommand.Run("chmod", mode, key.Path);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path));
        using var keys = login.Load();
        Assert.Empty(keys.Sources);
        var warning = Assert.Single(login.Warnings);
        Assert.Equal($"The key file {key.Path} has mode {found}, and others than you may use it; it must be {allowed}: run chmod go= '{key.Path}'.", warning);
        Assert.Contains(warning, keys.Describe(), StringComparison.Ordinal);
        OpenSshCommand.Run("sh", "-c", warning[(warning.IndexOf("run ", StringComparison.Ordinal) + 4)..^1]);
        using var after = login.Load();
        Assert.NotEmpty(after.Sources);
    }

    [Theory]
    [InlineData("600")]
    [InlineData("400")]
    public void A_file_that_is_the_users_alone_is_used_through_a_link_too(string mode)
    {
        var key = CreateKey();
        OpenSshCommand.Run("chmod", mode, key.Path);
        File.CreateSymbolicLink(folder.GetPath("link"), key.Path);
        using var keys = new KeyLogin(KeyLogin.CreateSettings(folder.GetPath("link"))).Load();
        Assert.NotEmpty(keys.Sources);
    }

    [Fact]
    public void A_file_of_somebody_else_may_have_any_mode_as_with_ssh()
    {
        TestEnvironment.RequireRoot();
        var key = CreateKey();
        OpenSshCommand.Run("chown", "65534", key.Path);
        OpenSshCommand.Run("chmod", "640", key.Path);
        using var keys = new KeyLogin(KeyLogin.CreateSettings(key.Path)).Load();
        Assert.NotEmpty(keys.Sources);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_does_not_exist_is_a_warning_if_somebody_named_it(bool isNamed)
    {
        var login = new KeyLogin(KeyLogin.CreateSettings("/no/such/key") with { HasOwnIdentityFiles = isNamed });
        using var keys = login.Load();
        Assert.Empty(keys.Sources);
        Assert.Equal(isNamed ? ["The identity file /no/such/key does not exist."] : [], login.Warnings);
    }

    [Fact]
    public void Two_keys_in_one_file_name_are_told_apart()
    {
        var key = CreateKey();
        File.Copy(SshKeyPair.Create(folder.GetPath("other"), format: "PKCS8", type: "rsa:2048").Path, key.Path, overwrite: true);
        var login = new KeyLogin(KeyLogin.CreateSettings(key.Path));
        using var keys = login.Load();
        keys.Sources[0].HostKeyAlgorithms.First().Sign([]);
        Assert.Contains("has another key than the public key beside it", Assert.Single(login.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "It is empty.")]
    [InlineData("hello", "It is no public key")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "openssh-key-v1")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "can't be used")]
    public void A_file_that_is_no_key_is_a_warning(string content, string words)
    {
        var path = folder.CreateFile("file", Encoding.UTF8.GetBytes(content));
        OpenSshCommand.Run("chmod", "600", path);
        var login = new KeyLogin(KeyLogin.CreateSettings(path));
        using var keys = login.Load();
        Assert.Empty(keys.Sources);
        Assert.Contains(words, Assert.Single(login.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_pipes_and_huge_files_are_not_read()
    {
        OpenSshCommand.Run("mkfifo", folder.GetPath("pipe"));
        var huge = folder.CreateFile("huge", new byte[KeyFile.LengthMax + 1]);
        foreach (var path in new[] { folder.FullPath, folder.GetPath("pipe"), huge })
        {
            Assert.Equal(BdSyncExitStatus.Connection, Assert.Throws<TransportException>(() => KeyFile.Read(path)).ExitStatus);
        }
    }

    [Fact]
    public void A_certificate_without_its_key_is_a_warning()
    {
        var key = CreateKey();
        var path = key.Certify(SshKeyPair.Create(folder.GetPath("ca")), "-n", "user");
        var login = new KeyLogin(KeyLogin.CreateSettings() with { CertificateFiles = [path, "/no/such/certificate"] });
        using var keys = login.Load();
        Assert.Empty(keys.Sources);
        Assert.Equal(2, login.Warnings.Count);
        Assert.Contains("There is no private key for the certificate", login.Warnings.First(), StringComparison.Ordinal);
        Assert.Equal("/no/such/certificate has no certificate.", login.Warnings.Last());
    }

    [Fact]
    public void A_security_keys_file_needs_the_agent()
    {
        var blob = new SshDataWriter().AddText("sk-ssh-ed25519@openssh.com").AddString(new byte[32]).AddText("ssh:").ToArray();
        var data = new SshDataWriter().AddBytes("openssh-key-v1\0"u8).AddText("none").AddText("none").AddText("").AddUInt32(1).AddString(blob).AddString(new byte[8]).ToArray();
        var path = folder.CreateFile("key", Encoding.UTF8.GetBytes($"-----BEGIN OPENSSH PRIVATE KEY-----\n{Convert.ToBase64String(data)}\n-----END OPENSSH PRIVATE KEY-----\n"));
        var login = new KeyLogin(KeyLogin.CreateSettings(path));
        using var keys = login.Load();
        Assert.Empty(keys.Sources);
        Assert.Contains("FIDO token", Assert.Single(login.Warnings), StringComparison.Ordinal);
    }

    [Property(MaxTest = 200)]
    public Property A_damaged_key_file_is_a_warning_and_no_crash() => Prop.ForAll(
        Arb.From(from position in Gen.Choose(0, 100_000) from value in Gen.Choose(1, 126) select (position, (char)value)),
        change =>
        {
            var text = Encoding.UTF8.GetString(Original.Value).ToCharArray();
            text[change.position % text.Length] = change.Item2;
            var path = folder.CreateFile("damaged", Encoding.UTF8.GetBytes(text));
            OpenSshCommand.Run("chmod", "600", path);
            using var keys = new KeyLogin(KeyLogin.CreateSettings(path)).Load();
            Assert.InRange(keys.Sources.Count, 0, 2);
        });

    private static readonly Lazy<byte[]> Original = new(() =>
    {
        using var own = new TemporaryFolder();
        return File.ReadAllBytes(SshKeyPair.Create(own.GetPath("key")).Path);
    });

    private SshKeyPair CreateKey()
    {
        OpenSshCommand.Require("ssh-keygen");
        return SshKeyPair.Create(folder.GetPath("key"));
    }
}
