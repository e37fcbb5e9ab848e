using Renci.SshNet;

namespace BdSync.Protocol.Transports.Ssh;

/// <summary>Which ciphers are offered, and in which order: <c>Ciphers</c> of ssh_config(5).</summary>
internal static class SshCiphers
{
    /// <summary>The processor has instructions for these: three times as fast as the others.</summary>
    private static readonly string[] Preferred = ["aes128-gcm@openssh.com", "aes256-gcm@openssh.com"];

    /// <summary>Left out unless they are named: OpenSSH does not offer them any more, either.</summary>
    private static readonly string[] Outdated = ["aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"];

    /// <summary>Sets the ciphers of a connection.</summary>
    /// <param name="connection">The connection, not opened yet.</param>
    /// <param name="value">The value of Ciphers: names separated by commas, or behind a +, a - or a ^, more, fewer, or other ones first; null for the default.</param>
    /// <exception cref="TransportException">None of them is known here.</exception>
    public static void Apply(ConnectionInfo connection, string? value)
    {
        var known = connection.Encryptions.Keys.ToList();
        var wanted = Select([.. Preferred.Intersect(known), .. known.Except(Preferred).Except(Outdated)], known, value);
        if (wanted.Count == 0)
        {
            throw new TransportException(BdSyncExitStatus.Connection, $"None of the Ciphers {value} is known; these are: {string.Join(", ", known)}.");
        }

        foreach (var name in known.Except(wanted))
        {
            connection.Encryptions.Remove(name);
        }

        for (var index = 0; index < wanted.Count; index++)
        {
            connection.Encryptions.SetPosition(wanted[index], index);
        }
    }

    private static List<string> Select(List<string> defaults, List<string> known, string? value)
    {
        if (value is null)
        {
            return defaults;
        }

        var names = value.TrimStart('+', '-', '^').Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var named = names.SelectMany(pattern => known.Where(name => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))).Distinct().ToList();
        return value[0] switch
        {
            '+' => [.. defaults.Union(named)],
            '-' => [.. defaults.Except(named)],
            '^' => [.. named.Union(defaults)],
            _ => named,
        };
    }
}
