namespace BdSync.TestUtilities.Ssh;

/// <summary>A key that ssh-keygen made.</summary>
/// <param name="Path">The private key's file; the public one's has .pub behind.</param>
public sealed record SshKeyPair(string Path)
{
    /// <summary>The public key's file.</summary>
    public string PublicPath => Path + ".pub";

    /// <summary>The line for authorized_keys or known_hosts, without an end.</summary>
    public string PublicLine => File.ReadAllText(PublicPath).Trim();

    /// <summary>Where ssh-keygen puts the certificate.</summary>
    public string CertificatePath => Path + "-cert.pub";

    /// <summary>As in ssh-keygen -l: SHA256 and base64.</summary>
    public string Fingerprint => OpenSshCommand.Run("ssh-keygen", "-l", "-f", PublicPath).Split(' ')[1];

    /// <summary>Makes a key.</summary>
    /// <param name="path">Where.</param>
    /// <param name="type">For ssh-keygen -t; bits may follow a colon, as in <c>ecdsa:521</c>.</param>
    /// <param name="passphrase">Empty for none.</param>
    /// <param name="format">For ssh-keygen -m: RFC4716 means OpenSSH's own, PEM and PKCS8 the others.</param>
    public static SshKeyPair Create(string path, string type = "ed25519", string passphrase = "", string format = "RFC4716")
    {
        var words = type.Split(':');
        string[] bits = words.Length > 1 ? ["-b", words[1]] : [];
        OpenSshCommand.Run("ssh-keygen", ["-q", "-t", words[0], .. bits, "-m", format, "-N", passphrase, "-C", $"comment of {System.IO.Path.GetFileName(path)}", "-f", path]);
        return new(path);
    }

    /// <summary>Certifies this key with another one.</summary>
    /// <param name="authority">The key of the certificate authority.</param>
    /// <param name="options">For ssh-keygen, such as <c>-n user</c>, <c>-h</c> or <c>-V -2h:-1h</c>.</param>
    /// <returns>The certificate's file.</returns>
    public string Certify(SshKeyPair authority, params string[] options)
    {
        OpenSshCommand.Run("ssh-keygen", ["-q", "-s", authority.Path, "-I", "test", .. options, PublicPath]);
        return CertificatePath;
    }
}
