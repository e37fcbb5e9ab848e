using System.Net;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using TcpSync;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
try
{
    switch (args)
    {
        case ["serve", var address, var folder]:
            await new Server(folder).RunAsync(IPEndPoint.Parse(address), stop.Token);
            return 0;
        case ["compare", var address, var localPath, var remoteName, var patchPath]:
            using (var local = LocalDevice.Open(localPath))
            await using (var patch = File.Create(patchPath))
            {
                var client = new BdSyncClient(new() { Channels = 2, Retries = 3 });
                var result = await client.WritePatchAsync(new TcpConnector(IPEndPoint.Parse(address)), local, remoteName, patch, cancellationToken: stop.Token);
                Console.WriteLine($"{result.DifferingBytes} of {result.LocalLength} bytes differ; {patchPath} makes {remoteName} equal.");
            }

            return 0;
        default:
            Console.Error.WriteLine("Usage: TcpSync serve ADDRESS:PORT FOLDER");
            Console.Error.WriteLine("       TcpSync compare ADDRESS:PORT LOCAL REMOTE-NAME PATCH");
            return 1;
    }
}
catch (OperationCanceledException)
{
    return 130;
}
catch (BdSyncException exception)
{
    Console.Error.WriteLine(exception.Message);
    return (int)exception.ExitStatus;
}
