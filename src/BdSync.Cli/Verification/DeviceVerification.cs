using BdSync.Cli.CommandLine;
using BdSync.Cli.Commands;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Verification;

/// <summary>Verifies two devices that the command line names.</summary>
internal static class DeviceVerification
{
    /// <summary>Compares them.</summary>
    /// <exception cref="BdSyncException">A device can't be read, the peer is gone or late, or the patch can't be written.</exception>
    public static async Task<Verdict> RunAsync(VerifyOptions options, Action<Extent> onDifference, Stream? repair, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var comparison = options.Comparison;
        var client = comparison.Client with { Sample = options.Sample, AnswerLimit = options.AnswerLimit };
        var (localName, remoteName) = (comparison.Operands[^2], comparison.Operands[^1]);
        using var local = LocalDevice.Open(localName, comparison.Direct);
        var result = await CompareAsync();
        return new(localName, remoteName, result.LocalLength, result.RemoteLength, client.BlockSize, result, options.Sample is not null);

        async Task<ComparisonResult> CompareAsync()
        {
            if (comparison.Mode == StockMode.Local)
            {
                using var remote = LocalDevice.Open(remoteName, comparison.Direct);
                return await new BdSyncLocal(client, CreateLogger<BdSyncLocal>(comparison)).CompareAsync(local, remote, onDifference, repair, progress, cancellationToken);
            }

            var found = await new BdSyncClient(client, CreateLogger<BdSyncClient>(comparison))
                .CompareAsync(Remote.CreateConnector(comparison), local, remoteName, onDifference, repair, progress, cancellationToken);
            if (found.RemoteExitStatus != 0)
            {
                StandardError.WriteLine($"bdsync: The comparison is complete, but the remote command ended with exit status {found.RemoteExitStatus}.");
            }

            return found;
        }
    }

    private static TextLogger<T> CreateLogger<T>(StockOptions options) => new(Verbosity.ToLogLevel(options.Verbosity), (LogLevel _, string message) => StandardError.WriteLine(message));
}
