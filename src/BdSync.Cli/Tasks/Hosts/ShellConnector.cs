using BdSync.Protocol.Transports;

namespace BdSync.Cli.Tasks.Hosts;

/// <summary>Runs a command line of a <see cref="RemoteShell"/> for each connection. Safe for several threads.</summary>
internal sealed class ShellConnector(RemoteShell shell, string line, Action<string> onErrorLine) : TransportConnector
{
    public override Task<Transport> ConnectAsync(CancellationToken cancellationToken = default) => shell.StartAsync(line, onErrorLine, cancellationToken);
}
