using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Cli.Commands;

/// <summary>Compares the devices that a command line names, through servers or directly, without a patch but on request.</summary>
/// <param name="options">What to compare.</param>
/// <param name="client">How.</param>
/// <param name="writeError">Shows what has to be said meanwhile.</param>
internal sealed class DeviceComparison(StockOptions options, BdSyncClientOptions client, Action<string> writeError)
{
    /// <summary>Compares.</summary>
    /// <param name="local">LOCDEV; it stays open.</param>
    /// <param name="onDifference">Is told each extent that differs, in ascending order.</param>
    /// <param name="repair">Receives a patch that mends it; null for none.</param>
    /// <param name="progress">Is told how far it has come; null for nobody.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BdSyncException">A device can't be read, the peer is gone, or the patch can't be written.</exception>
    public async Task<ComparisonResult> RunAsync(Device local, Action<Extent> onDifference, Stream? repair, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var level = Verbosity.ToLogLevel(options.Verbosity);
        if (options.Mode == StockMode.Local)
        {
            using var remote = LocalDevice.Open(options.Operands[1], options.Direct);
            return await new BdSyncLocal(client, new TextLogger<BdSyncLocal>(level, (_, message) => writeError(message))).CompareAsync(local, remote, onDifference, repair, progress, cancellationToken);
        }

        var result = await new BdSyncClient(client, new TextLogger<BdSyncClient>(level, (_, message) => writeError(message)))
            .CompareAsync(Remote.CreateConnector(options, writeError), local, options.Operands[2], onDifference, repair, progress, cancellationToken);
        if (result.RemoteExitStatus != 0)
        {
            writeError($"bdsync: The comparison is complete, but the remote command ended with exit status {result.RemoteExitStatus}.");
        }

        return result;
    }
}
