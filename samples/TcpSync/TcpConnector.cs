using System.Net;
using System.Net.Sockets;
using BdSync.Protocol;
using BdSync.Protocol.Transports;

namespace TcpSync;

/// <summary>Connects as often as the client wants: once per channel, and again where a connection broke.</summary>
internal sealed class TcpConnector(IPEndPoint address) : TransportConnector
{
    public override async Task<Transport> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(address, cancellationToken);
            return new TcpTransport(client);
        }
        catch (SocketException exception)
        {
            client.Dispose();
            throw new TransportException(BdSyncExitStatus.Connection, $"{address} can't be reached: {exception.Message}", exception) { IsTransient = true };
        }
        catch (OperationCanceledException)
        {
            client.Dispose();
            throw;
        }
    }
}
