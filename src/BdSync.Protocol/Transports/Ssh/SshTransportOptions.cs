using BdSync.Protocol.Transports.Ssh.Configuration;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// How to reach a server through ssh without an ssh program. What is null here is what ssh_config(5) files say of the host, and after that the
/// default of OpenSSH. Immutable.
/// </summary>
public sealed record SshTransportOptions
{
    /// <summary>The host: a name that ssh_config(5) may explain, or an address.</summary>
    public required string Host { get; init; }

    /// <summary>1 to 65535. Default: what the configuration says, else 22.</summary>
    public int? Port { get; init; }

    /// <summary>The user on the other side. Default: what the configuration says, else the own name.</summary>
    public string? User { get; init; }

    /// <summary>What the remote shell executes. Default <c>bdsync --server</c>.</summary>
    public string RemoteCommand { get; init; } = "bdsync --server";

    /// <summary>The only configuration file to read. Default: <c>~/.ssh/config</c> and <c>/etc/ssh/ssh_config</c>.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>Private keys to offer before those of the configuration. Default none.</summary>
    public IReadOnlyList<string> IdentityFiles { get; init; } = [];

    /// <summary>What happens with a host key that is not known. Default: what the configuration says, else <see cref="HostKeyChecking.Strict"/>.</summary>
    public HostKeyChecking? StrictHostKeyChecking { get; init; }

    /// <summary>How long connecting may take, the login included. Default: what the configuration says, else 30 seconds.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>
    /// How long the peer may be silent while an answer is due. Default: <c>ServerAliveInterval</c> × <c>ServerAliveCountMax</c>, or five minutes where
    /// the configuration sets no interval.
    /// </summary>
    public TimeSpan? AliveLimit { get; init; }

    /// <summary>Asks the user for the passphrase of a key: gets the question, returns null where nobody can be asked. Default: nobody.</summary>
    public Func<string, string?>? AskPassphrase { get; init; }

    /// <summary>Receives each line of the remote command's standard error, without its end and without characters that don't print; called from any thread. Default: dropped.</summary>
    public Action<string>? OnErrorLine { get; init; }

    /// <summary>Receives warnings: what a configuration file sets in vain, a new host key that was noted; called from any thread. Default: dropped.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>Whether a text is meant as an address that <see cref="FromAddress"/> takes: it starts with <c>ssh://</c>.</summary>
    /// <param name="text">The text.</param>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SshDestinationParser.IsUri(text);
    }

    /// <summary>Reads an address.</summary>
    /// <param name="address"><c>ssh://[user@]host[:port]</c>; an IPv6 address in brackets.</param>
    /// <returns>The options for this host, all else at the default.</returns>
    /// <exception cref="TransportException">It is not one (<see cref="BdSyncExitStatus.Parameters"/>).</exception>
    public static SshTransportOptions FromAddress(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var destination = SshDestination.Parse(address);
        return new() { Host = destination.Host, User = destination.User, Port = destination.Port };
    }

    /// <summary>All that is known of the host and of those on the way to it, which comes last.</summary>
    internal IReadOnlyList<SshHostSettings> Resolve()
    {
        foreach (var (limit, what) in new[] { (ConnectTimeout, "connect timeout"), (AliveLimit, "alive limit") })
        {
            if (limit <= TimeSpan.Zero)
            {
                throw new TransportException(BdSyncExitStatus.Parameters, $"The {what} is {limit}; it has to be longer than nothing.");
            }
        }

        var overrides = IdentityFiles.Select(file => new KeyValuePair<string, string>("IdentityFile", SshConfigurationWords.Quote(file))).ToList();
        if (StrictHostKeyChecking is { } checking)
        {
            overrides.Add(new("StrictHostKeyChecking", checking switch
            {
                HostKeyChecking.AcceptNew => "accept-new",
                HostKeyChecking.Off => "no",
                _ => "yes",
            }));
        }

        var hosts = SshJumpChain.Resolve(new(Host, User, Port), SshConfigurationSources.ForCurrentUser(ConfigurationFile), overrides, OnWarning ?? (_ => { }));
        var command = ConfigurationFile is null ? "ssh" : $"ssh -F {ConfigurationFile}";
        return [.. hosts.Select((host, index) => host with { SshCommand = $"{command}{(index == hosts.Count - 1 && Port is not null ? $" -p {Port}" : "")} {host.Host}" })];
    }
}
