using System.Net;
using System.Net.Sockets;

namespace BdSync.Interop.Tests.Ssh;

/// <summary>Stands between a client and an sshd, and breaks each connection after so many bytes have come from the server; the last ones hold.</summary>
internal sealed class BreakingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Queue<int> cuts;
    private readonly int port;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> passing = [];
    private readonly Task accepting;

    public BreakingProxy(int port, IEnumerable<int> cuts)
    {
        this.port = port;
        this.cuts = new(cuts);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(passing);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Connections++;
                passing.Add(PassAsync(client, cuts.TryDequeue(out var cut) ? cut : long.MaxValue));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Disposed of.
        }
    }

    private async Task PassAsync(TcpClient client, long left)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, port, stop.Token);
                var up = client.GetStream().CopyToAsync(server.GetStream(), stop.Token);
                var buffer = new byte[16 * 1024];
                while (left > 0)
                {
                    var read = await server.GetStream().ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), stop.Token);
                    if (read == 0)
                    {
                        break;
                    }

                    await client.GetStream().WriteAsync(buffer.AsMemory(0, read), stop.Token);
                    left -= read;
                }

                client.Close();
                server.Close();
                await up;
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two is gone.
            }
        }
    }
}
