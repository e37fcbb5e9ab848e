namespace BdSync.Protocol.Transports.Ssh;

/// <summary>
/// Everything that is known of a host before it is connected to, as <c>ssh -G HOST</c> shows it: the options, what ssh_config(5) files say, and
/// the defaults. Paths are absolute, and nothing is left to be expanded.
/// </summary>
internal sealed record SshHostSettings
{
    /// <summary>The host as it was named by the user: what Host patterns are matched against.</summary>
    public required string Host { get; init; }

    /// <summary>How ssh(1) is called to reach it, for messages: the same files and names that the user gave.</summary>
    public string SshCommand { get; init; } = "ssh";

    /// <summary>The name or address to connect to.</summary>
    public required string HostName { get; init; }

    /// <summary>1 to 65535.</summary>
    public required int Port { get; init; }

    public required string User { get; init; }

    /// <summary>The name under which the host's key is looked up; null for <see cref="HostName"/>.</summary>
    public string? HostKeyAlias { get; init; }

    public HostKeyChecking StrictHostKeyChecking { get; init; }

    /// <summary>The files of keys of hosts that the user trusts, in the order in which they are read; the first one takes new keys.</summary>
    public IReadOnlyList<string> UserKnownHostsFiles { get; init; } = [];

    public IReadOnlyList<string> GlobalKnownHostsFiles { get; init; } = [];

    /// <summary>Private keys, or public ones whose private part the agent has; those that don't exist are left out when they are loaded.</summary>
    public IReadOnlyList<string> IdentityFiles { get; init; } = [];

    /// <summary>Whether <see cref="IdentityFiles"/> were named by somebody, and are not the default ones.</summary>
    public bool HasOwnIdentityFiles { get; init; }

    /// <summary>Certificates of the user's keys, beside those that lie next to the identity files (<c>KEY-cert.pub</c>).</summary>
    public IReadOnlyList<string> CertificateFiles { get; init; } = [];

    /// <summary>Only the identity files' keys are offered, though the agent may have others.</summary>
    public bool IdentitiesOnly { get; init; }

    /// <summary>The agent's socket; null where there is none.</summary>
    public string? IdentityAgent { get; init; }

    /// <summary>The hosts to go through, the first one to connect to first: <c>[user@]host[:port]</c> each.</summary>
    public IReadOnlyList<string> ProxyJump { get; init; } = [];

    /// <summary>How long connecting may take; null where nobody said.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>How long the other side may be silent before it is counted; zero where that is off.</summary>
    public TimeSpan ServerAliveInterval { get; init; }

    /// <summary>How many such intervals in a row end the connection.</summary>
    public int ServerAliveCountMax { get; init; } = 3;

    /// <summary>The value of Ciphers, with its leading +, - or ^ if it has one; null where nobody said.</summary>
    public string? Ciphers { get; init; }
}
