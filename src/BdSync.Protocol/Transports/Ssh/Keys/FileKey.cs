using Renci.SshNet;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>
/// A private key in a file. It is decoded when it signs for the first time: a passphrase is asked for when a server has taken the key, not
/// before. Thread-safe.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="askPassphrase">Gets what to show the user; gives null where nobody can be asked. Null for the same.</param>
internal sealed class FileKey(KeyFile file, Func<string, string?>? askPassphrase) : IKeySigner, IDisposable
{
    private const int TryCount = 3;

    private readonly Lock gate = new();
    private PrivateKeyFile? decoded;
    private string? failure;

    /// <inheritdoc/>
    public bool MayAskUser => file.IsEncrypted && decoded is null;

    /// <summary>Why the file must not be used, whatever is in it; null where nothing is wrong.</summary>
    public string? FindFault()
    {
        try
        {
            return KeyFileStatus.Get(file.Path).FindFault(file.Path);
        }
        catch (IOException exception)
        {
            return $"The key file {file.Path} can't be used: {exception.Message}";
        }
    }

    /// <summary>Looks whether it will be of any use, without asking anybody.</summary>
    /// <exception cref="TransportException">It won't (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public void Check()
    {
        lock (gate)
        {
            if (file.IsEncrypted && askPassphrase is null)
            {
                throw CreateMissingPassphraseError();
            }

            if (!file.IsEncrypted)
            {
                GetKey();
            }
        }
    }

    /// <summary>Decodes the key, if it hasn't been yet.</summary>
    /// <returns>The public part.</returns>
    /// <exception cref="TransportException">It can't be decoded, or nobody knows the passphrase; it is not asked for again (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public PublicKey Unlock()
    {
        lock (gate)
        {
            return PublicKey.Parse(GetKey().HostKeyAlgorithms.First().Data);
        }
    }

    /// <inheritdoc/>
    public byte[] Sign(PublicKey key, SignatureAlgorithm algorithm, byte[] data)
    {
        lock (gate)
        {
            if (!Unlock().HasSamePrivateKeyAs(key))
            {
                throw CreateError($"The key file {file.Path} has another key than the public key beside it, {key.Description}: run ssh-keygen -y to write that anew.");
            }

            return GetKey().HostKeyAlgorithms.First(candidate => candidate.Name == algorithm.Name).Sign(data);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => decoded?.Dispose();

    private static TransportException CreateError(string message) => new(BdSyncExitStatus.Connection, message);

    private TransportException CreateMissingPassphraseError() => CreateError($"{file.Path} needs a passphrase and there is no terminal: load it into ssh-agent.");

    private PrivateKeyFile GetKey()
    {
        if (failure is not null)
        {
            throw CreateError(failure);
        }

        try
        {
            if (decoded is null)
            {
                CheckPermissions();
                decoded = file.IsEncrypted ? Decrypt() : Decode();
                CheckType(decoded);
            }

            return decoded;
        }
        catch (TransportException exception)
        {
            failure = exception.Message;
            throw;
        }
    }

    private PrivateKeyFile Decode()
    {
        try
        {
            return file.Decode(null);
        }
        catch (FormatException exception)
        {
            throw CreateError($"The key file {file.Path} can't be used: {exception.Message}");
        }
    }

    private PrivateKeyFile Decrypt()
    {
        var prompt = $"Enter passphrase for key '{file.Path}': ";
        var reason = "";
        for (var attempt = 0; attempt < TryCount; attempt++)
        {
            var passphrase = askPassphrase?.Invoke(prompt) ?? throw CreateMissingPassphraseError();
            if (passphrase.Length == 0)
            {
                throw CreateError($"{file.Path} needs a passphrase and none was given.");
            }

            try
            {
                return file.Decode(passphrase);
            }
            catch (FormatException exception)
            {
                reason = exception.Message;
                prompt = $"Bad passphrase, try again for {file.Path}: ";
            }
        }

        throw CreateError($"{file.Path} can't be decrypted with any of the {TryCount} passphrases that were given: {reason}");
    }

    private void CheckType(PrivateKeyFile key)
    {
        try
        {
            PublicKey.Parse(key.HostKeyAlgorithms.First().Data);
        }
        catch (FormatException exception)
        {
            throw CreateError($"The key file {file.Path} can't be used: {exception.Message}");
        }
    }

    private void CheckPermissions()
    {
        if (FindFault() is { } fault)
        {
            throw CreateError(fault);
        }
    }
}
