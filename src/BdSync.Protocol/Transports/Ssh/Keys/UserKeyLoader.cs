namespace BdSync.Protocol.Transports.Ssh.Keys;

/// <summary>Collects the keys that a user can log in with, in the order in which ssh(1) would offer them. What can't be used is noted, and left out.</summary>
internal sealed class UserKeyLoader(SshHostSettings settings, Func<string, string?>? askPassphrase, Action<string> warn)
{
    private readonly List<IdentityFile> identities = [];
    private readonly List<string> skipped = [];
    private IReadOnlyList<AgentKey> agentKeys = [];

    /// <summary>Why keys were left out, a sentence each.</summary>
    public IReadOnlyList<string> Skipped => skipped;

    /// <summary>The keys in files, to be disposed of.</summary>
    public IEnumerable<FileKey> FileKeys => identities.Select(identity => identity.PrivateKey).OfType<FileKey>();

    /// <summary>Collects them.</summary>
    public IReadOnlyList<UserKey> Load()
    {
        ListAgentKeys();
        ReadIdentities();
        var certificates = settings.CertificateFiles.Select(path => ReadCertificate(path, isNamed: true)).OfType<UserKeyCandidate>().ToList();
        var candidates = new List<UserKeyCandidate>();
        foreach (var identity in identities)
        {
            AddTo(candidates, FindKey(identity));
            if (settings.CertificateFiles.Count == 0)
            {
                AddTo(candidates, ReadCertificate(identity.Path + "-cert.pub", isNamed: false));
            }
        }

        var others = settings.IdentitiesOnly ? [] : agentKeys.Select(key => CreateCandidate(key.Key, key, $"agent key '{key.Comment}'"));
        IEnumerable<UserKeyCandidate> ordered = [.. certificates, .. candidates.Where(candidate => candidate.IsAgentKey), .. others, .. candidates.Where(candidate => !candidate.IsAgentKey)];
        return [.. ordered.Select(candidate => candidate.Key).DistinctBy(key => Convert.ToBase64String(key.PublicKey.Blob))];
    }

    private static void AddTo(List<UserKeyCandidate> candidates, UserKeyCandidate? candidate)
    {
        if (candidate is not null)
        {
            candidates.Add(candidate);
        }
    }

    private void ListAgentKeys()
    {
        if (!string.IsNullOrEmpty(settings.IdentityAgent))
        {
            Try(() => agentKeys = new SshAgent(settings.IdentityAgent).ListKeys(skipped.Add), isWarning: true);
        }
    }

    private void ReadIdentities()
    {
        foreach (var path in settings.IdentityFiles.Distinct())
        {
            Try(
                () =>
                {
                    if (IdentityFile.Read(path, askPassphrase) is { } identity)
                    {
                        AddIdentity(identity);
                    }
                    else if (settings.HasOwnIdentityFiles)
                    {
                        Skip($"The identity file {path} does not exist.", isWarning: true);
                    }
                },
                settings.HasOwnIdentityFiles);
        }
    }

    private void AddIdentity(IdentityFile identity)
    {
        // A private key that an agent has is not read from its file: its mode does not matter then.
        if (identity.PublicKey is { } key && FindAgentKey(agent => agent.IsSameAs(key)) is not null)
        {
            identities.Add(identity);
        }
        else if (identity.PrivateKey?.FindFault() is { } fault)
        {
            Skip(fault, isWarning: true);
        }
        else
        {
            identities.Add(identity.Complete());
        }
    }

    private UserKeyCandidate? FindKey(IdentityFile identity)
    {
        UserKeyCandidate? candidate = null;
        Try(
            () =>
            {
                var key = identity.PublicKey!;
                candidate = FindAgentKey(agent => agent.IsSameAs(key)) is { } agentKey
                    ? CreateCandidate(key, agentKey, $"agent key {identity.Path}")
                    : CreateCandidate(key, identity.GetSigner(), $"key file {identity.Path}");
            },
            settings.HasOwnIdentityFiles);
        return candidate;
    }

    private UserKeyCandidate? ReadCertificate(string path, bool isNamed)
    {
        UserKeyCandidate? candidate = null;
        Try(
            () =>
            {
                var key = KeyFile.Read(path)?.PublicKey;
                if (key is { IsCertificate: true })
                {
                    candidate = CreateCandidate(key, FindSigner(key), $"certificate {path}");
                }
                else if (key is not null || isNamed)
                {
                    Skip($"{path} {(key is null ? "has no" : "is a key and no")} certificate.", isWarning: true);
                }
            },
            isWarning: isNamed);
        return candidate;
    }

    /// <summary>Who signs for a certificate: the agent with the certificate, or with its key, or a key file.</summary>
    private IKeySigner FindSigner(PublicKey certificate)
    {
        var agentKey = FindAgentKey(agent => agent.IsSameAs(certificate)) ?? FindAgentKey(agent => !agent.IsCertificate && agent.HasSamePrivateKeyAs(certificate));
        if (agentKey is not null)
        {
            return agentKey;
        }

        var identity = identities.Find(identity => identity is { PrivateKey: not null, PublicKey: { } key } && key.HasSamePrivateKeyAs(certificate));
        return identity?.GetSigner() ?? throw new TransportException(
            BdSyncExitStatus.Connection,
            $"There is no private key for the certificate {certificate.Description}: name its file with IdentityFile, or add it to the agent.");
    }

    private AgentKey? FindAgentKey(Func<PublicKey, bool> condition) => agentKeys.FirstOrDefault(agentKey => condition(agentKey.Key));

    private UserKeyCandidate CreateCandidate(PublicKey key, IKeySigner signer, string source) =>
        new(new(key, signer, source, warn), FindAgentKey(agent => agent.IsSameAs(key)) is not null);

    private void Try(Action action, bool isWarning)
    {
        try
        {
            action();
        }
        catch (TransportException exception)
        {
            Skip(exception.Message, isWarning);
        }
    }

    private void Skip(string reason, bool isWarning)
    {
        if (skipped.Contains(reason))
        {
            return;
        }

        skipped.Add(reason);
        if (isWarning)
        {
            warn(reason);
        }
    }
}
