using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Transports;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync [options] REMSHCMD LOCDEV REMDEV</c></summary>
internal static class ClientCommand
{
    /// <summary>How long a remote command whose session has failed may take to end by itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(StockOptions options, CancellationToken cancellationToken)
    {
        var logger = new TextLogger<BdSyncClient>(Verbosity.ToLogLevel(options.Verbosity), (_, message) => StandardError.WriteLine(message));
        var client = new BdSyncClient(options.Client, logger);
        var words = RemoteCommand.Split(options.Operands[0]);
        using var local = LocalDevice.Open(options.Operands[1], options.Direct);
        var output = new StandardOutput();
        await using var transports = new TransportList();
        for (var channel = 0; channel < options.Channels; channel++)
        {
            transports.Add(ProcessTransport.Start(words, line => StandardError.WriteLine($"RMTERR: {line}")));
        }

        var progress = options.Progress == ProgressStyle.None ? null : new ProgressPrinter(options.Progress, Console.Error, TimeProvider.System);
        try
        {
            var result = await client.WritePatchAsync(transports.Items, local, options.Operands[2], output, progress, cancellationToken);
            if (result.RemoteExitStatus != 0)
            {
                StandardError.WriteLine($"bdsync: The patch is complete, but the remote command ended with exit status {result.RemoteExitStatus}.");
            }

            return result.RemoteExitStatus;
        }
        catch (TransportException exception)
        {
            throw await WithExitStatusAsync(exception, transports.Items[0]);
        }
    }

    // "It ended" is not much to go by; the status tells a missing program (127) from a failed login (255).
    private static async Task<TransportException> WithExitStatusAsync(TransportException exception, Transport transport)
    {
        using var timeout = new CancellationTokenSource(Grace);
        try
        {
            var status = await transport.CompleteAsync(timeout.Token);
            return new(exception.ExitStatus, $"{exception.Message} The remote command ended with exit status {status}. The patch is incomplete.", exception);
        }
        catch (OperationCanceledException)
        {
            return new(exception.ExitStatus, $"{exception.Message} The patch is incomplete.", exception);
        }
    }
}
