using BdSync.Protocol.Transports;

namespace BdSync.Protocol.Tests.Sessions;

/// <summary>Opens connections as a test says.</summary>
internal sealed class FunctionConnector(Func<Transport> open) : TransportConnector
{
    public override Task<Transport> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult(open());
}
