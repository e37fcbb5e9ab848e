using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>What ssh_config(5) files, the command line and the defaults say of a host: as <c>ssh -G</c> shows it.</summary>
internal static class SshConfiguration
{
    /// <summary>The port of ssh (RFC 4253, 4.1).</summary>
    public const int DefaultPort = 22;

    private const int DefaultAliveCount = 3;

    // In the order of ssh_config(5), IdentityFile.
    private static readonly string[] DefaultIdentities = ["id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"];

    /// <summary>Finds out all about a host. Reads files, and connects to nothing.</summary>
    /// <param name="destination">The host as it was named.</param>
    /// <param name="sources">Which files, and who asks.</param>
    /// <param name="overrides">
    /// Keywords and values of the command line, written as in a file (see <see cref="SshConfigurationWords.Quote"/>); they win over
    /// everything, also over the user and the port of the destination, as ssh -o does. A keyword can be there several times.
    /// </param>
    /// <param name="warn">Gets sentences about what is ignored though it may matter.</param>
    /// <exception cref="TransportException">
    /// A file can't be used (<see cref="BdSyncExitStatus.Connection"/>), or a value of the command line (<see cref="BdSyncExitStatus.Parameters"/>).
    /// </exception>
    public static SshHostSettings Resolve(
        SshDestination destination,
        SshConfigurationSources sources,
        IEnumerable<KeyValuePair<string, string>> overrides,
        Action<string> warn)
    {
        if (destination.FindProblem() is { } problem)
        {
            throw new TransportException(BdSyncExitStatus.Parameters, PrintableText.From($"The destination {destination} can't be used: {problem}."));
        }

        // Files that are read twice say everything twice.
        HashSet<string> said = [];
        Action<string> warnOnce = message =>
        {
            if (said.Add(message))
            {
                warn(PrintableText.From(message));
            }
        };
        var options = new SshOptions(warnOnce);
        foreach (var (keyword, value) in overrides)
        {
            options.Apply(ReadOption(keyword, value), isActive: true);
        }

        if (destination.User is not null)
        {
            options.Apply(SshConfigurationLine.FromOption("User", SshConfigurationWords.Quote(destination.User)), isActive: true);
        }

        if (destination.Port is not null)
        {
            options.Apply(SshConfigurationLine.FromOption("Port", destination.Port.Value.ToString(CultureInfo.InvariantCulture)), isActive: true);
        }

        var reader = new SshConfigurationReader(options, sources, destination.Host, warnOnce);
        reader.Read(destination.Host, isFinalPass: false);
        var hostName = Canonicalize(options.Find("HostName") is { } name ? SshTokens.ExpandHostName(name, destination.Host) : destination.Host);
        if (reader.WantsFinalPass)
        {
            reader.Read(hostName, isFinalPass: true);
        }

        options.CheckSupport();
        return Create(destination.Host, hostName, options, sources);
    }

    private static SshConfigurationLine ReadOption(string keyword, string value)
    {
        var line = SshConfigurationLine.FromOption(keyword, value);
        return keyword.ToLowerInvariant() is "host" or "match" or "include" || value.Contains('\n', StringComparison.Ordinal)
            ? throw line.Error("Host, Match, Include and values of several lines can only be given in a file")
            : line;
    }

    private static SshHostSettings Create(string host, string hostName, SshOptions options, SshConfigurationSources sources)
    {
        var port = options.Find("Port")?.GetNumber() ?? DefaultPort;
        var user = options.Find("User")?.Text ?? sources.UserName;
        var alias = options.Find("HostKeyAlias")?.Text.ToLowerInvariant();
        var tokens = new SshTokens(sources, new Dictionary<char, string>
        {
            ['d'] = sources.HomeFolder,
            ['h'] = hostName,
            ['i'] = sources.UserId.ToString(CultureInfo.InvariantCulture),
            ['k'] = alias ?? host,
            ['L'] = sources.MachineName.Split('.')[0],
            ['l'] = sources.MachineName,
            ['n'] = host,
            ['p'] = port.ToString(CultureInfo.InvariantCulture),
            ['r'] = user,
            ['u'] = sources.UserName,
        });
        var identities = options.FindAll("IdentityFile");
        return new()
        {
            Host = host,
            HostName = hostName,
            Port = port,
            User = user,
            HostKeyAlias = alias,
            StrictHostKeyChecking = options.Find("StrictHostKeyChecking")?.GetChecking() ?? HostKeyChecking.Strict,
            UserKnownHostsFiles = GetKnownHosts("UserKnownHostsFile", Path.Combine(sources.UserFolder, "known_hosts"), tokens.ExpandPath),
            GlobalKnownHostsFiles = GetKnownHosts("GlobalKnownHostsFile", Path.Combine(sources.SystemFolder, "ssh_known_hosts"), tokens.ExpandHomeOnly),
            HasOwnIdentityFiles = identities.Count > 0,
            IdentityFiles = identities.Count > 0
                ? [.. identities.Where(value => !value.IsOneOf("none")).Select(value => tokens.ExpandPath(value.Text, value.Line))]
                : [.. DefaultIdentities.Select(name => Path.Combine(sources.UserFolder, name))],
            CertificateFiles = [.. options.FindAll("CertificateFile").Where(value => !value.IsOneOf("none")).Select(value => tokens.ExpandPath(value.Text, value.Line))],
            IdentitiesOnly = options.Find("IdentitiesOnly")?.GetFlag() ?? false,
            IdentityAgent = GetAgent(options.Find("IdentityAgent"), tokens, sources),
            ProxyJump = options.Find("ProxyJump") is { } jump ? [.. jump.GetJumps().Select(hop => tokens.ExpandJump(hop, jump.Line).ToString())] : [],
            ConnectTimeout = options.Find("ConnectTimeout")?.GetNumber() is > 0 and var timeout ? TimeSpan.FromSeconds(timeout) : null,
            ServerAliveInterval = TimeSpan.FromSeconds(options.Find("ServerAliveInterval")?.GetNumber() ?? 0),
            ServerAliveCountMax = options.Find("ServerAliveCountMax")?.GetNumber() ?? DefaultAliveCount,
            Ciphers = options.Find("Ciphers")?.Text,
        };

        IReadOnlyList<string> GetKnownHosts(string keyword, string standard, Func<string, SshConfigurationLine, string> expand) =>
            options.Find(keyword) is not { } value ? [standard, $"{standard}2"]
            : value.IsOneOf("none") ? []
            : [.. value.Words.Select(path => expand(path, value.Line))];
    }

    private static string? GetAgent(SshOptionValue? value, SshTokens tokens, SshConfigurationSources sources)
    {
        if (value is null || value.Text == "SSH_AUTH_SOCK")
        {
            return sources.AgentSocket;
        }

        if (value.Text == "none")
        {
            return null;
        }

        if (value.Text is not ['$', not '{', ..])
        {
            return tokens.ExpandPath(value.Text, value.Line);
        }

        var name = value.Text[1..];
        return !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '_')
            ? throw value.Line.Error($"{name} is no name of a variable; write letters, digits and _ behind the $")
            : sources.GetVariable(name) is { Length: > 0 } path ? path
            : null;
    }

    // Names have no case; of an address the shortest form is taken, and its case kept if that is the only difference.
    private static string Canonicalize(string name)
    {
        if (!IPAddress.TryParse(name, out var address) || name.AsSpan().IndexOfAny("[]%/") >= 0)
        {
            return name.Contains('%', StringComparison.Ordinal) ? name : name.ToLowerInvariant();
        }

        var isAddress = address.AddressFamily == AddressFamily.InterNetwork || name.Contains(':', StringComparison.Ordinal);
        var shortest = address.ToString();
        return !isAddress || shortest.Equals(name, StringComparison.OrdinalIgnoreCase) ? name : shortest;
    }
}
