using Renci.SshNet;

namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>
/// The keys of a user for public-key authentication: those of the agent, and those in files. For any number of connections, one after the
/// other; a passphrase is asked for once.
/// </summary>
internal sealed class UserKeys : IDisposable
{
    /// <summary>How many tries sshd(8) allows by default: MaxAuthTries of sshd_config(5).</summary>
    private const int UsualTryCountMax = 6;

    private readonly IReadOnlyList<UserKey> keys;
    private readonly UserKeyLoader loader;

    private UserKeys(IReadOnlyList<UserKey> keys, UserKeyLoader loader)
    {
        this.keys = keys;
        this.loader = loader;
        Sources = Arrange(keys);
    }

    /// <summary>The keys for <see cref="PrivateKeyAuthenticationMethod"/>, in the order in which they are to be offered.</summary>
    public IReadOnlyList<IPrivateKeySource> Sources { get; }

    /// <summary>Finds the keys.</summary>
    /// <param name="settings">The files and the agent.</param>
    /// <param name="askPassphrase">
    /// Shows a prompt, and reads a line without an echo; gives null where nobody can be asked. Called when a server has taken the key; at once
    /// for an encrypted file in another format than OpenSSH's that has no .pub file beside it.
    /// </param>
    /// <param name="warn">Receives sentences for the user, here and while a connection is made.</param>
    public static UserKeys Load(SshHostSettings settings, Func<string, string?>? askPassphrase, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(warn);
        var loader = new UserKeyLoader(settings, askPassphrase, warn);
        return new(loader.Load(), loader);
    }

    /// <summary>What was tried so far and what was left out, for the message that a server takes none.</summary>
    public string Describe()
    {
        var tried = keys.Where(key => key.WasOffered).Select(key => key.Description).ToList();
        var untried = keys.Where(key => !key.WasOffered).Select(key => key.Description).ToList();
        var parts = new List<string> { $"tried: {(tried.Count == 0 ? "no key" : string.Join(", ", tried))}" };
        if (untried.Count > 0)
        {
            parts.Add($"not tried: {string.Join(", ", untried)}");
        }

        if (loader.Skipped.Count > 0)
        {
            parts.Add($"skipped: {string.Join(' ', loader.Skipped)}");
        }

        if (tried.Count >= UsualTryCountMax)
        {
            parts.Add($"servers usually end the connection after {UsualTryCountMax} tries: name the right key with IdentityFile, and set IdentitiesOnly");
        }

        return string.Join("; ", parts);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in loader.FileKeys)
        {
            key.Dispose();
        }
    }

    /// <summary>
    /// Each key with its best algorithm first, and only then the others of RSA keys: a server counts every one, and nearly all take the best.
    /// </summary>
    private static List<IPrivateKeySource> Arrange(IReadOnlyList<UserKey> keys)
    {
        var rounds = keys.Select(key => key.PublicKey.Type.Algorithms.Count).DefaultIfEmpty().Max();
        var sources = new List<IPrivateKeySource>();
        for (var round = 0; round < rounds; round++)
        {
            sources.AddRange(keys.Where(key => key.PublicKey.Type.Algorithms.Count > round).Select(key => new OfferedKey(key, key.PublicKey.Type.Algorithms[round])));
        }

        // SSH.NET has a single one sign without asking whether the server takes it: nobody should type a passphrase for that.
        if (sources.Count == 1 && keys[0].MayAskUser)
        {
            sources.Add(sources[0]);
        }

        return sources;
    }
}
