using System.Net;
using System.Net.Sockets;

namespace BdSync.Interop.Tests.Ssh;

/// <summary>Stands between a client and an sshd, and breaks each connection after so many bytes have come from the server, or from the client; the last ones hold.</summary>
internal sealed class BreakingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Queue<int> cuts;
    private readonly int port;
    private readonly bool countsSent;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> passing = [];
    private readonly Task accepting;
    private int breaks;

    /// <summary>Starts to listen.</summary>
    /// <param name="port">The server's.</param>
    /// <param name="cuts">After how many bytes to break the first connection, the second, and so on.</param>
    /// <param name="countsSent">Whether those of the client are counted.</param>
    public BreakingProxy(int port, IEnumerable<int> cuts, bool countsSent = false)
    {
        this.port = port;
        this.countsSent = countsSent;
        this.cuts = new(cuts);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections there were.</summary>
    public int Connections { get; private set; }

    /// <summary>How many of them it has broken.</summary>
    public int Breaks => breaks;

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
                var (from, to) = countsSent ? (client.GetStream(), server.GetStream()) : (server.GetStream(), client.GetStream());
                var other = to.CopyToAsync(from, stop.Token);
                var counted = PassAsync(from, to, left);
                if (await Task.WhenAny(counted, other) == counted && await counted)
                {
                    Interlocked.Increment(ref breaks);
                }

                client.Close();
                server.Close();
                await Task.WhenAll(counted, other);
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // One of the two is gone.
            }
        }
    }

    /// <returns>Whether nothing is left.</returns>
    private async Task<bool> PassAsync(NetworkStream from, NetworkStream to, long left)
    {
        var buffer = new byte[16 * 1024];
        while (left > 0)
        {
            var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), stop.Token);
            if (read == 0)
            {
                return false;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), stop.Token);
            left -= read;
        }

        return true;
    }
}
