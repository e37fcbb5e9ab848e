using BdSync.TestUtilities;

namespace BdSync.Protocol.Tests.Transports.Ssh.Trust;

/// <summary>Keys made by ssh-keygen, once for all tests, for it takes its time.</summary>
public sealed class TestKeys : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public TestKeys()
    {
        if (!OpenSsh.IsClientInstalled)
        {
            // A fixture can't skip a test.
            return;
        }

        Ed25519 = OpenSsh.CreateKey(GetPath("ed25519"), "ed25519");
        OtherEd25519 = OpenSsh.CreateKey(GetPath("other"), "ed25519");
        Ecdsa = OpenSsh.CreateKey(GetPath("ecdsa"), "ecdsa");
        Rsa = OpenSsh.CreateKey(GetPath("rsa"), "rsa");
        Authority = OpenSsh.CreateKey(GetPath("authority"), "ed25519");
        RsaAuthority = OpenSsh.CreateKey(GetPath("rsa-authority"), "rsa");
    }

    /// <summary>Each one as in a known_hosts file: type, blank, base64.</summary>
    public string Ed25519 { get; } = "";

    public string OtherEd25519 { get; } = "";

    public string Ecdsa { get; } = "";

    public string Rsa { get; } = "";

    public string Authority { get; } = "";

    public string RsaAuthority { get; } = "";

    /// <summary>Skips the test where there was nothing to make the keys with.</summary>
    public TestKeys Require()
    {
        OpenSsh.RequireClient();
        return this;
    }

    public static byte[] GetBlob(string key) => Convert.FromBase64String(key.Split(' ')[1]);

    /// <summary>The path of a private key: ed25519, other, ecdsa, rsa, authority, rsa-authority.</summary>
    public string GetPath(string name) => folder.GetPath(name);

    public void Dispose() => folder.Dispose();
}
