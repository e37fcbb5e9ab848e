using System.Text;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>What ssh_config(5) says of TOKENS and ENVIRONMENT VARIABLES, for one host.</summary>
/// <param name="sources">Home, user and environment.</param>
/// <param name="values">What each token stands for, by the letter behind the %.</param>
internal sealed class SshTokens(SshConfigurationSources sources, IReadOnlyDictionary<char, string> values)
{
    // Those of ProxyJump.
    private const string JumpLetters = "hnpr";

    /// <summary>The name to connect to: HostName with %h for the host as it was named.</summary>
    /// <exception cref="TransportException">There is another token.</exception>
    public static string ExpandHostName(SshOptionValue value, string host) =>
        Expand(value.Text, value.Line, letter => letter == 'h' ? host : null, getVariable: null);

    /// <summary>A path with its <c>~</c> replaced by the user's home.</summary>
    /// <exception cref="TransportException">It is another user's.</exception>
    public static string ExpandHome(string path, SshConfigurationLine line, SshConfigurationSources sources)
    {
        if (!path.StartsWith('~'))
        {
            return path;
        }

        var end = path.IndexOf('/', StringComparison.Ordinal);
        var user = end < 0 ? path[1..] : path[1..end];
        return user.Length == 0 || user == sources.UserName
            ? $"{sources.HomeFolder.TrimEnd('/')}/{(end < 0 ? "" : path[end..].TrimStart('/'))}"
            : throw line.Error($"only your own home can be meant by ~, and {path} is in that of {user}; write the whole path");
    }

    /// <summary>An absolute path with ~, tokens and <c>${VARIABLE}</c> replaced: IdentityFile, CertificateFile, IdentityAgent, UserKnownHostsFile.</summary>
    public string ExpandPath(string path, SshConfigurationLine line) =>
        MakeAbsolute(Expand(ExpandHome(path, line, sources), line, letter => values.GetValueOrDefault(letter), sources.GetVariable));

    /// <summary>An absolute path in which only ~ is replaced: GlobalKnownHostsFile.</summary>
    public string ExpandHomeOnly(string path, SshConfigurationLine line) => MakeAbsolute(ExpandHome(path, line, sources));

    /// <summary>A host of ProxyJump with %h, %n, %p and %r replaced.</summary>
    public SshDestination ExpandJump(SshDestination jump, SshConfigurationLine line)
    {
        var expanded = jump with { Host = ExpandOne(jump.Host), User = jump.User is null ? null : ExpandOne(jump.User) };
        return expanded.FindProblem() is { } problem ? throw line.Error($"the host {expanded} to go through is malformed: {problem}") : expanded;

        string ExpandOne(string text) =>
            Expand(text, line, letter => JumpLetters.Contains(letter, StringComparison.Ordinal) ? values.GetValueOrDefault(letter) : null, getVariable: null);
    }

    // Not GetFullPath: it would take .. away, which means something else behind a symbolic link.
    private static string MakeAbsolute(string path) => Path.Combine(Environment.CurrentDirectory, path);

    private static string Expand(string text, SshConfigurationLine line, Func<char, string?> getToken, Func<string, string?>? getVariable)
    {
        var result = new StringBuilder();
        for (var index = 0; index < text.Length; index++)
        {
            if (getVariable is not null && text[index] == '$' && index + 1 < text.Length && text[index + 1] == '{')
            {
                var end = text.IndexOf('}', index);
                var name = end < 0 ? throw line.Error("a ${ has no }") : text[(index + 2)..end];
                result.Append((name.Length > 0 ? getVariable(name) : null) ?? throw line.Error($"the environment has no variable {name}; set it, or write the value"));
                index = end;
            }
            else if (text[index] != '%')
            {
                result.Append(text[index]);
            }
            else if (++index >= text.Length)
            {
                throw line.Error("it ends with a single %; write %% for a percent sign");
            }
            else if (text[index] == '%')
            {
                result.Append('%');
            }
            else
            {
                result.Append(getToken(text[index]) ?? throw line.Error($"the token %{text[index]} is not one that can be used there; write %% for a percent sign"));
            }
        }

        return result.ToString();
    }
}
