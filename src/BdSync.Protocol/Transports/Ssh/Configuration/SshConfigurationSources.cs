using System.Net;

namespace BdSync.Protocol.Transports.Ssh.Configuration;

/// <summary>Where the configuration comes from: the files, and who runs the program and where.</summary>
internal sealed record SshConfigurationSources
{
    /// <summary>The file that is read in place of the user's and the system's, as with ssh -F; <c>none</c> for no file; null for those two.</summary>
    public string? File { get; init; }

    /// <summary>The user's home, from the user database, as ssh(1) takes it; not <c>$HOME</c>.</summary>
    public required string HomeFolder { get; init; }

    /// <summary>The user's name, from the user database.</summary>
    public required string UserName { get; init; }

    /// <summary>The user's number: whom the user's files must belong to, unless they are root's.</summary>
    public required uint UserId { get; init; }

    /// <summary>The name of this computer, with its domain if it has one: the token %l.</summary>
    public required string MachineName { get; init; }

    /// <summary>Looks up a variable of the environment; null where it isn't set.</summary>
    public required Func<string, string?> GetVariable { get; init; }

    /// <summary>Where ssh_config lies, and the files of keys of hosts that everybody trusts.</summary>
    public string SystemFolder { get; init; } = "/etc/ssh";

    /// <summary>The folder ~/.ssh.</summary>
    public string UserFolder => Path.Combine(HomeFolder, ".ssh");

    /// <summary>The agent's socket by <c>SSH_AUTH_SOCK</c>; null where there is none.</summary>
    public string? AgentSocket => GetVariable("SSH_AUTH_SOCK") is { Length: > 0 } path ? path : null;

    /// <summary>The sources of the user who runs this program.</summary>
    /// <param name="file">As <see cref="File"/>.</param>
    /// <exception cref="TransportException">The user database doesn't know the user (<see cref="BdSyncExitStatus.Connection"/>).</exception>
    public static SshConfigurationSources ForCurrentUser(string? file = null)
    {
        var account = UserAccount.GetCurrent();
        return new()
        {
            File = file,
            HomeFolder = account.HomeFolder,
            UserName = account.Name,
            UserId = account.Id,
            // Environment.MachineName ends at the first dot.
            MachineName = Dns.GetHostName(),
            GetVariable = Environment.GetEnvironmentVariable,
        };
    }
}
