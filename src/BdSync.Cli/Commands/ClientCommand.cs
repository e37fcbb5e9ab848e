using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync [options] REMSHCMD|ssh://HOST LOCDEV REMDEV</c></summary>
internal static class ClientCommand
{
    public static async Task<int> RunAsync(StockOptions options, CancellationToken cancellationToken)
    {
        var logger = new TextLogger<BdSyncClient>(Verbosity.ToLogLevel(options.Verbosity), (_, message) => StandardError.WriteLine(message));
        var client = new BdSyncClient(options.Client, logger);
        var connector = Remote.CreateConnector(options);
        using var local = LocalDevice.Open(options.Operands[1], options.Direct);
        await using var display = new ProgressDisplay(options.Progress);
        try
        {
            var result = await client.WritePatchAsync(connector, local, options.Operands[2], new StandardOutput(), display.Progress, cancellationToken);
            if (result.RemoteExitStatus != 0)
            {
                StandardError.WriteLine($"bdsync: The patch is complete, but the remote command ended with exit status {result.RemoteExitStatus}.");
            }

            return result.RemoteExitStatus;
        }
        catch (TransportException exception)
        {
            throw new TransportException(exception.ExitStatus, $"{exception.Message} The patch is incomplete.", exception);
        }
    }
}
