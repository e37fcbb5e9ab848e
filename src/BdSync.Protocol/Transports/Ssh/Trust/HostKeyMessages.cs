namespace BdSync.Protocol.Transports.Ssh.Trust;

/// <summary>What the user is told of a host's key: what was shown, what was expected, and what to run.</summary>
internal sealed class HostKeyMessages(SshHostSettings settings, KnownHosts knownHosts)
{
    /// <summary>More lines are only counted.</summary>
    private const int MaxPlaces = 8;

    private const int DefaultPort = 22;

    private string Name => knownHosts.Names.Name;

    public string DescribeUnreadable() =>
        $"The ssh host key of {Name} can't be read: the host sent a key that is damaged, or longer than {HostKey.MaxBlobLength} bytes.";

    public string DescribeUnknown(HostKey key, string? certificateObjection)
    {
        var files = settings.UserKnownHostsFiles.Concat(settings.GlobalKnownHostsFiles).ToList();
        var where = files.Count == 0 ? "there is no file of known hosts" : $"it has no key in {string.Join(", ", files)}";
        var shortType = GetShortType(key);
        var scan = settings.HostKeyAlias is null && settings.UserKnownHostsFiles is [var file, ..]
            ? $", or append what `ssh-keyscan{PortOption} -t {shortType} {settings.HostName}` prints to {file}"
            : "";
        var unread = knownHosts.UnreadFile is { } path ? $" What {path} says of the host isn't known: it can't be read." : "";
        return $"The host {Name} is not known: it showed the key {Show(key)}, and {where}.{DescribeAuthority(certificateObjection)}{unread} "
            + $"Compare the fingerprint with the one that `ssh-keygen -lf /etc/ssh/ssh_host_{shortType}_key.pub` shows on the host; "
            + $"if they are the same, connect once with `{settings.SshCommand}`{scan}.";
    }

    public string DescribeChanged(HostKey key, IReadOnlyList<KnownHostEntry> known)
    {
        var files = known.Select(entry => entry.File).Distinct().Select(file => $"`ssh-keygen -R '{Name}' -f '{file}'`");
        var isOtherType = known.All(entry => entry.Key.Type != key.Type);
        var what = isOtherType ? "shows a key of a type that isn't known for it" : "has another key than before";
        return $"The host {Name} {what}: it showed {Show(key)}, but known are {ShowPlaces(known)}. Somebody else may be answering in its place, or "
            + "the host has been given a new key. Ask who runs the host for the key's fingerprint; if it is the one shown here, remove the old keys with "
            + $"{string.Join(" and ", files)} and connect anew.";
    }

    public string DescribeRevoked(HostKey key, KnownHostEntry revocation) =>
        $"The key of the host {Name} is revoked: {revocation.Place} says that {Show(key)} must never be accepted. Somebody may have stolen it and "
        + "be answering in the host's place. The host needs a new key; host keys are compared with revoked ones even where they aren't checked otherwise.";

    public string DescribeRevokedAuthority(HostKey key, KnownHostEntry revocation) =>
        $"The host {Name} showed the key {Show(key)} with a certificate whose authority is revoked: {revocation.Place} says that {Show(revocation.Key)} must "
        + "never be accepted. The host needs a certificate of another authority.";

    public string DescribeReplaced(HostKey key, HostKey accepted) =>
        $"The host {Name} changed its key within the connection: it showed {Show(accepted)} at first, and {Show(key)} when new session keys were "
        + "made. A connection has one host key; somebody else may be answering in the host's place. Connect anew.";

    public string DescribeUncheckedUnknown(HostKey key) =>
        $"The host {Name} is not known; its key {Show(key)} is accepted, for host keys are not checked.";

    public string DescribeUncheckedChanged(HostKey key, IReadOnlyList<KnownHostEntry> known) =>
        $"The host {Name} showed {Show(key)}, but known are {ShowPlaces(known)}. The key is accepted all the same, for host keys are not checked: "
        + "somebody else may be answering in the host's place.";

    public string DescribeNoted(HostKey key, string file) => $"The host {Name} is new; its key {Show(key)} was added to {file}.";

    public string DescribeNotNoted(string reason) =>
        $"The key of the host {Name} can't be added to the known hosts: {reason} The host will be new again next time.";

    private string PortOption => settings.Port == DefaultPort ? "" : $" -p {settings.Port}";

    private string DescribeAuthority(string? objection) => knownHosts.Authorities.FirstOrDefault() is not { } authority ? ""
        : objection is null ? $" The certificate authority in {authority.Place} is trusted with it, but it showed no certificate."
        : $" The certificate authority in {authority.Place} is trusted with it, but the certificate that it showed {objection}.";

    private static string Show(HostKey key) => $"{key.Type} {key.Fingerprint}";

    private static string ShowPlaces(IReadOnlyList<KnownHostEntry> entries)
    {
        var places = string.Join(", ", entries.Take(MaxPlaces).Select(entry => $"{Show(entry.Key)} ({entry.Place})"));
        return entries.Count > MaxPlaces ? $"{places} and {entries.Count - MaxPlaces} more" : places;
    }

    // As ssh-keyscan -t and the names of sshd's key files have it.
    private static string GetShortType(HostKey key) =>
        key.Type == "ssh-rsa" ? "rsa" : key.Type.StartsWith("ecdsa-", StringComparison.Ordinal) ? "ecdsa" : "ed25519";
}
