namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>What lies under the name of an <c>IdentityFile</c> (ssh_config(5)): a private key, its public key, or both.</summary>
/// <param name="Path">The name.</param>
/// <param name="PublicKey">Null where only decoding the private key would show it.</param>
/// <param name="PrivateKey">Null where there is none: an agent must have it.</param>
internal sealed record IdentityFile(string Path, PublicKey? PublicKey, FileKey? PrivateKey)
{
    private const string PublicEnd = ".pub";

    /// <summary>Reads what there is.</summary>
    /// <returns>Null where there is nothing.</returns>
    /// <exception cref="TransportException">There is something that can't be used (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public static IdentityFile? Read(string path, Func<string, string?>? askPassphrase)
    {
        var file = KeyFile.Read(path);
        if (file is { IsPrivate: true })
        {
            return new(path, file.PublicKey ?? TryReadPublicKey(path), new FileKey(file, askPassphrase));
        }

        var publicKey = file?.PublicKey ?? KeyFile.Read(path + PublicEnd)?.PublicKey;
        return publicKey is null ? null : new(path, publicKey, null);
    }

    /// <summary>The same, with the public key known; this may ask for a passphrase where no public key lies beside the private one.</summary>
    /// <exception cref="TransportException">The private key can't be used (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public IdentityFile Complete() => PublicKey is not null ? this : this with { PublicKey = PrivateKey!.Unlock() };

    /// <summary>Who signs with the file's own private key.</summary>
    /// <exception cref="TransportException">There is none, or it can't be used (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public FileKey GetSigner()
    {
        if (PrivateKey is null)
        {
            throw new TransportException(
                BdSyncExitStatus.Connection,
                $"{Path} has no private key{(PublicKey is { Type.IsHardware: true } ? " but that of a FIDO token" : "")}, and the agent doesn't have it either: add it with ssh-add.");
        }

        PrivateKey.Check();
        return PrivateKey;
    }

    // Whatever is wrong with it, the private key says the same.
    private static PublicKey? TryReadPublicKey(string path)
    {
        try
        {
            return KeyFile.Read(path + PublicEnd)?.PublicKey;
        }
        catch (TransportException)
        {
            return null;
        }
    }
}
