namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>The values found so far. The first one of a keyword wins; those of IdentityFile and CertificateFile add up.</summary>
/// <param name="warn">Gets a sentence about what is not supported, once for each keyword.</param>
internal sealed class SshOptions(Action<string> warn)
{
    /// <summary>SSH_MAX_IDENTITY_FILES and SSH_MAX_CERTIFICATE_FILES of OpenSSH's ssh.h.</summary>
    public const int MaxCollected = 100;

    private readonly Dictionary<string, SshOptionValue> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<SshOptionValue>> collected = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> unknown = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The value of a keyword; null where nobody said.</summary>
    public SshOptionValue? Find(string keyword) => values.GetValueOrDefault(keyword);

    /// <summary>The values of a keyword whose values add up, each one once.</summary>
    public IReadOnlyList<SshOptionValue> FindAll(string keyword) => collected.GetValueOrDefault(keyword) ?? [];

    /// <summary>Takes a setting in.</summary>
    /// <param name="line">The setting.</param>
    /// <param name="isActive">Whether it is for the host; if not, it is only looked at.</param>
    /// <exception cref="TransportException">The value is malformed.</exception>
    public void Apply(SshConfigurationLine line, bool isActive)
    {
        if (SshKeyword.Find(line.Keyword) is not { } keyword)
        {
            WarnOfUnknown(line);
            return;
        }

        if (keyword.Kind == SshKeywordKind.Ignored)
        {
            return;
        }

        var value = SshOptionValue.Read(line, keyword);
        if (!isActive || (keyword.Kind == SshKeywordKind.Time && value.GetNumber() is null))
        {
            return;
        }

        if (keyword.Kind == SshKeywordKind.Collected)
        {
            Collect(keyword, value);
        }
        else if (keyword.Name is not ("ProxyJump" or "ProxyCommand") || !(values.ContainsKey("ProxyJump") || values.ContainsKey("ProxyCommand")))
        {
            // Of ProxyJump and ProxyCommand whichever comes first wins over the other, too.
            values.TryAdd(keyword.Name, value);
        }
    }

    /// <summary>Warns of what isn't supported, and refuses what must not be ignored.</summary>
    /// <exception cref="TransportException">Without a keyword something else would be connected to, or somebody trusted who must not be.</exception>
    public void CheckSupport()
    {
        foreach (var (name, value) in values)
        {
            var keyword = SshKeyword.Find(name)!;
            if (keyword.Kind is not (SshKeywordKind.Refused or SshKeywordKind.Unsupported) || value.IsOneOf(keyword.Harmless) || HasHarmlessWord(value, keyword))
            {
                continue;
            }

            if (keyword.Kind == SshKeywordKind.Refused)
            {
                throw value.Line.Error(
                    "it isn't supported by the built-in ssh client, and to go on without it could reach or trust another host than you mean. "
                    + "Remove it for this host, or use the program ssh as the remote shell");
            }

            warn($"{value.Line.Location}: {keyword.Name} {value.Text} is ignored: the built-in ssh client doesn't support it.");
        }
    }

    // Unlike a command, such a value is a word, and can have a comment behind it.
    private static bool HasHarmlessWord(SshOptionValue value, SshKeyword keyword) =>
        keyword.Name != "ProxyCommand"
        && SshConfigurationWords.Split(value.Text) is [var word]
        && keyword.Harmless.Contains(word, StringComparer.OrdinalIgnoreCase);

    private void Collect(SshKeyword keyword, SshOptionValue value)
    {
        if (!collected.TryGetValue(keyword.Name, out var list))
        {
            collected.Add(keyword.Name, list = []);
        }

        if (list.Any(other => other.Text == value.Text))
        {
            return;
        }

        if (list.Count >= MaxCollected)
        {
            throw value.Line.Error($"more than {MaxCollected} files are named; remove some");
        }

        list.Add(value);
    }

    // A misspelt Host would make what follows count for all hosts.
    private void WarnOfUnknown(SshConfigurationLine line)
    {
        var isExpected = Find("IgnoreUnknown") is { } value && HostPattern.MatchesList(line.Keyword.ToLowerInvariant(), value.Text.ToLowerInvariant());
        if (!isExpected && unknown.Count < MaxCollected && unknown.Add(line.Keyword))
        {
            warn($"{line.Location}: {line.Keyword} is no keyword of ssh_config(5) that is known here; the line is ignored.");
        }
    }
}
