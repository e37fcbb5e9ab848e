using System.Net;
using System.Net.Sockets;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace TcpSync;

/// <summary>Serves the files of one folder, read-only, to any number of clients at once. There is no login and no encryption: keep it to networks that are trusted.</summary>
internal sealed class Server
{
    private readonly string folder;
    private readonly BdSyncServer server;

    public Server(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        server = new(new() { OpenDevice = Open });
    }

    public async Task RunAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(address);
        listener.Start();
        Console.WriteLine($"Listening on {listener.LocalEndpoint}");
        while (true)
        {
            _ = ServeAsync(await listener.AcceptTcpClientAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken cancellationToken)
    {
        var name = client.Client.RemoteEndPoint;
        try
        {
            using (client)
            await using (var stream = client.GetStream())
            {
                await server.RunAsync(stream, stream, cancellationToken);
            }

            Console.WriteLine($"{name}: done");
        }
        catch (Exception exception) when (exception is BdSyncException or OperationCanceledException)
        {
            Console.WriteLine($"{name}: {exception.Message}");
        }
    }

    // A client may ask for anything: a name leads to a file of the folder, or nowhere. A symbolic link in it is the owner's decision.
    private LocalDevice Open(string name) => name == Path.GetFileName(name) && name is not ("." or "..")
        ? LocalDevice.Open(Path.Combine(folder, name))
        : throw new DeviceException(BdSyncExitStatus.Device, $"'{name}' is not the name of a file here.");
}
