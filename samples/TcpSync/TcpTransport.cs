using System.Net.Sockets;
using BdSync.Protocol.Transports;

namespace TcpSync;

/// <summary>One connection. It closes the socket, which <see cref="StreamTransport"/> would not.</summary>
internal sealed class TcpTransport(TcpClient client) : Transport
{
    private readonly NetworkStream stream = client.GetStream();

    public override Stream Input => stream;

    public override Stream Output => stream;

    public override TimeSpan AliveLimit => TimeSpan.FromMinutes(1);

    public override Task<int> CompleteAsync(CancellationToken cancellationToken = default)
    {
        client.Client.Shutdown(SocketShutdown.Send);
        return Task.FromResult(0);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }
}
