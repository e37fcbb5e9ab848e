using BdSync.Protocol.Transports.Ssh.Keys;
using BdSync.TestUtilities;
using BdSync.TestUtilities.Ssh;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BdSync.Protocol.Tests.Transports.Ssh.Keys;

/// <summary>Public keys and certificates, against what ssh-keygen says of them, and against any bytes.</summary>
public class PublicKeyTests
{
    [Theory]
    [InlineData("ed25519", "ED25519")]
    [InlineData("ecdsa:256", "ECDSA")]
    [InlineData("ecdsa:384", "ECDSA")]
    [InlineData("ecdsa:521", "ECDSA")]
    [InlineData("rsa:2048", "RSA")]
    public void Fingerprint_and_type_are_those_of_ssh_keygen(string type, string name)
    {
        OpenSshCommand.Require("ssh-keygen");
        using var folder = new TemporaryFolder();
        var pair = SshKeyPair.Create(folder.GetPath("key"), type);
        var key = PublicKey.ParseLine(pair.PublicLine);
        Assert.Equal($"{name} {pair.Fingerprint}", key.Description);
        var certificate = PublicKey.ParseLine(File.ReadAllText(pair.Certify(SshKeyPair.Create(folder.GetPath("ca")), "-n", "user")));
        Assert.Equal($"{name}-CERT {pair.Fingerprint}", certificate.Description);
        Assert.True(certificate.HasSamePrivateKeyAs(key));
        Assert.False(certificate.IsSameAs(key));
    }

    [Fact]
    public void A_hosts_certificate_is_refused()
    {
        OpenSshCommand.Require("ssh-keygen");
        using var folder = new TemporaryFolder();
        var path = SshKeyPair.Create(folder.GetPath("key")).Certify(SshKeyPair.Create(folder.GetPath("ca")), "-h", "-n", "host");
        var error = Assert.Throws<FormatException>(() => PublicKey.ParseLine(File.ReadAllText(path)));
        Assert.Contains("certificate of type 2", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 !!!!")]
    [InlineData("ssh-ed25519 AAAA")]
    [InlineData("ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_line_that_is_no_key_is_refused(string line) => Assert.Throws<FormatException>(() => PublicKey.ParseLine(line));

    [Fact]
    public void Bytes_behind_a_key_are_refused() =>
        Assert.Throws<FormatException>(() => PublicKey.Parse(new SshDataWriter().AddText("ssh-ed25519").AddString(new byte[32]).AddByte(0).ToArray()));

    [Property(MaxTest = 1000)]
    public Property Any_bytes_are_a_key_or_are_refused() => Prop.ForAll(
        Arb.From(from name in Gen.Elements("ssh-rsa", "ssh-ed25519-cert-v01@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com", "unknown")
                 from rest in Gen.Choose(0, 3).Select(value => (byte)value).ArrayOf()
                 select new SshDataWriter().AddText(name).AddBytes(rest).ToArray()),
        bytes => Record.Exception(() => PublicKey.Parse(bytes)) is null or FormatException);

    [Property(MaxTest = 1000)]
    public Property Any_header_of_a_file_is_read_or_refused() => Prop.ForAll(
        Arb.From(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf()),
        bytes => Record.Exception(() => OpenSshKeyHeader.Parse([.. "openssh-key-v1\0"u8, .. bytes])) is null or FormatException);
}
