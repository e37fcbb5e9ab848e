using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Protocol.Transports;
using BdSync.Protocol.Transports.Ssh;

namespace BdSync.Cli.Commands;

/// <summary>The other side, as a command line names it: a command to execute here, or <c>ssh://[user@]host[:port]</c>.</summary>
internal static class Remote
{
    /// <summary>Creates what opens connections to the other side; nothing is connected yet.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="writeLine">Shows what the other side says; null for standard error.</param>
    /// <exception cref="BdSync.Protocol.BdSyncException">The command or the address can't be understood.</exception>
    public static TransportConnector CreateConnector(StockOptions options, Action<string>? writeLine = null)
    {
        writeLine ??= StandardError.WriteLine;
        var remote = options.Operands[0];
        Action<string> onErrorLine = line => writeLine($"RMTERR: {line}");
        if (!SshTransportOptions.IsAddress(remote))
        {
            return new ProcessConnector(RemoteCommand.Split(remote), onErrorLine);
        }

        return new SshConnector(SshTransportOptions.FromAddress(remote) with
        {
            RemoteCommand = $"{options.RemoteBdSync ?? "bdsync"} --server",
            ConfigurationFile = options.SshConfiguration,
            AskPassphrase = TerminalPrompt.AskSecret,
            OnErrorLine = onErrorLine,
            OnWarning = line => writeLine($"bdsync: {line}"),
        });
    }
}
