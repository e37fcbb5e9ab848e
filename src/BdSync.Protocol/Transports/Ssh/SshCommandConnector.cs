namespace BdSync.Protocol.Transports.Ssh;

/// <summary>Starts a command over the connections of an <see cref="SshConnector"/>. Safe for several threads.</summary>
internal sealed class SshCommandConnector(SshConnector owner, SshTransportOptions command) : TransportConnector
{
    public override Task<Transport> ConnectAsync(CancellationToken cancellationToken = default) => owner.StartAsync(command, cancellationToken);
}
