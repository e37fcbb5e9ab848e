namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>What the known_hosts files say of one host, read once before it is connected to.</summary>
internal sealed class KnownHosts
{
    private readonly List<KnownHostEntry> entries;

    // Keys known without the port count only where nothing is known with it, as in ssh(1).
    private readonly List<KnownHostEntry> hostKeys;

    private KnownHosts(LookupNames names, List<KnownHostEntry> entries, string? unreadFile)
    {
        Names = names;
        this.entries = entries;
        var known = entries.Where(entry => entry.Marker == KnownHostMarker.None).ToLookup(entry => entry.IsWithoutPort);
        hostKeys = [.. known[false].Any() ? known[false] : known[true]];
        UnreadFile = unreadFile;
    }

    public LookupNames Names { get; }

    /// <summary>A file that is there and couldn't be read to its end: what it says of the host isn't known. Null where all were read.</summary>
    public string? UnreadFile { get; }

    /// <summary>The keys that sign certificates of the host, those without the ones that are revoked.</summary>
    public IEnumerable<KnownHostEntry> Authorities =>
        entries.Where(entry => entry.Marker == KnownHostMarker.CertificateAuthority && FindRevocation(entry.Key) is null);

    /// <summary>The types of the keys that are known for the host.</summary>
    public IEnumerable<string> KeyTypes => hostKeys.Select(entry => entry.Key.Type).Distinct();

    public static KnownHosts Read(SshHostSettings settings, Action<string> warn)
    {
        var names = LookupNames.Create(settings);
        var entries = new List<KnownHostEntry>();
        string? unreadFile = null;
        foreach (var path in settings.UserKnownHostsFiles.Concat(settings.GlobalKnownHostsFiles).Distinct())
        {
            if (!KnownHostsFile.TryFind(path, names, warn, entries))
            {
                unreadFile ??= path;
            }
        }

        return new KnownHosts(names, entries, unreadFile);
    }

    /// <summary>The line that revokes a key for this host, with or without its port; null if there is none.</summary>
    public KnownHostEntry? FindRevocation(HostKey key) =>
        entries.Find(entry => entry.Marker == KnownHostMarker.Revoked && entry.Key.IsSameAs(key));

    /// <summary>Looks a key up.</summary>
    /// <param name="key">What the host shows.</param>
    /// <param name="places">
    /// The lines that decide: with the same key for <see cref="HostKeyStatus.Known"/> and <see cref="HostKeyStatus.Revoked"/>, with other ones for
    /// <see cref="HostKeyStatus.Changed"/>, none for <see cref="HostKeyStatus.Unknown"/>.
    /// </param>
    public HostKeyStatus Check(HostKey key, out IReadOnlyList<KnownHostEntry> places)
    {
        if (FindRevocation(key) is { } revocation)
        {
            places = [revocation];
            return HostKeyStatus.Revoked;
        }

        // Another key that is known without the port means nothing: it may be another program's.
        var same = hostKeys.Where(entry => entry.Key.IsSameAs(key)).ToList();
        places = same.Count > 0 ? same : [.. hostKeys.Where(entry => !entry.IsWithoutPort)];
        return same.Count > 0 ? HostKeyStatus.Known : places.Count > 0 ? HostKeyStatus.Changed : HostKeyStatus.Unknown;
    }
}
