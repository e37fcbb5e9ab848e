using System.Globalization;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>A value of a supported keyword, which has been looked at.</summary>
/// <param name="Line">Where it was found.</param>
/// <param name="Words">The words; of ProxyJump and of commands the whole argument.</param>
internal sealed record SshOptionValue(SshConfigurationLine Line, IReadOnlyList<string> Words)
{
    /// <summary>SSH_MAX_HOSTS_FILES of OpenSSH's readconf.h.</summary>
    public const int MaxKnownHostsFiles = 32;

    /// <summary>More hosts than anybody goes through.</summary>
    public const int MaxJumps = 16;

    /// <summary>The only word.</summary>
    public string Text => Words[0];

    /// <summary>Reads a value.</summary>
    /// <exception cref="TransportException">It is none that the keyword takes.</exception>
    public static SshOptionValue Read(SshConfigurationLine line, SshKeyword keyword)
    {
        if (keyword.Kind is SshKeywordKind.Jump or SshKeywordKind.Refused or SshKeywordKind.Unsupported)
        {
            var text = line.Argument.TrimStart(' ', '\t', '=');
            line.CheckText(text);
            var value = new SshOptionValue(line, [keyword.Kind == SshKeywordKind.Jump ? text.Split('#')[0].TrimEnd() : text]);
            if (keyword.Kind == SshKeywordKind.Jump)
            {
                value.GetJumps();
            }

            return value.Text.Length > 0 ? value : throw line.Error("it has no value");
        }

        var words = line.GetWords();
        if (words.Count == 0 || words.Any(word => word.Length == 0))
        {
            throw line.Error("it has no value, or an empty one");
        }

        if (words.Count > (keyword.Kind == SshKeywordKind.Words ? MaxKnownHostsFiles : 1))
        {
            throw line.Error(
                keyword.Kind == SshKeywordKind.Words
                    ? $"it names {words.Count} files, and {MaxKnownHostsFiles} are allowed"
                    : $"{words[1]} follows the value {words[0]}, and one value is allowed; quote it if it has spaces");
        }

        Check(line, keyword.Kind, words);
        return new(line, words);
    }

    /// <summary>A span of time or a number; null for <c>none</c>.</summary>
    public int? GetNumber() => TimeValue.TryParse(Text, out var number) ? number : null;

    public bool GetFlag() => Text.ToLowerInvariant() is "yes" or "true";

    public HostKeyChecking GetChecking() => Text.ToLowerInvariant() switch
    {
        "no" or "false" or "off" => HostKeyChecking.Off,
        "accept-new" => HostKeyChecking.AcceptNew,
        _ => HostKeyChecking.Strict,
    };

    /// <summary>Whether it is one of some values, without case.</summary>
    public bool IsOneOf(params IReadOnlyCollection<string> values) => values.Contains(Text, StringComparer.OrdinalIgnoreCase);

    /// <summary>The hosts of ProxyJump, the first one to connect to first; none for <c>none</c>.</summary>
    /// <exception cref="TransportException">One of them is malformed, or there are too many.</exception>
    public IReadOnlyList<SshDestination> GetJumps()
    {
        if (IsOneOf("none"))
        {
            return [];
        }

        var parts = Text.Split(',');
        return parts.Length <= MaxJumps
            ? [.. parts.Select(ReadJump)]
            : throw Line.Error($"it names {parts.Length} hosts to go through, and {MaxJumps} are allowed");
    }

    private static void Check(SshConfigurationLine line, SshKeywordKind kind, IReadOnlyList<string> words)
    {
        var text = words[0];
        var allowed = kind switch
        {
            SshKeywordKind.Words when words.Count > 1 && words.Contains("none", StringComparer.OrdinalIgnoreCase) => "none alone, or files",
            SshKeywordKind.Flag when text.ToLowerInvariant() is not ("yes" or "no" or "true" or "false") => "yes or no",
            SshKeywordKind.Checking when text.ToLowerInvariant() is not ("yes" or "no" or "true" or "false" or "ask" or "off" or "accept-new") =>
                "yes, no, ask, accept-new or off",
            SshKeywordKind.Time when text != "none" && !TimeValue.TryParse(text, out _) => $"a time such as 90 or 5m, up to {int.MaxValue} seconds, or none",
            SshKeywordKind.Count when !TryParseNumber(text, int.MaxValue, out _) => $"a number of 0 to {int.MaxValue}",
            SshKeywordKind.Port when !TryParseNumber(text, ushort.MaxValue, out var port) || port == 0 => $"a number of 1 to {ushort.MaxValue}",
            _ => null,
        };
        if (allowed is not null)
        {
            throw line.Error($"{string.Join(' ', words)} was found where {allowed} is allowed");
        }
    }

    private static bool TryParseNumber(string text, int maximum, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= maximum;

    private SshDestination ReadJump(string text) =>
        SshDestinationParser.TryParseJump(text.Trim(), out var destination, out var problem)
            ? destination
            : throw Line.Error($"the host {text} to go through is malformed: {problem}. Write [user@]host[:port] or ssh://[user@]host[:port]");
}
