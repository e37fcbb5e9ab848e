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
}
