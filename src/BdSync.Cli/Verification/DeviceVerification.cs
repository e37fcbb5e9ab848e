using BdSync.Cli.CommandLine;
using BdSync.Cli.Commands;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

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
        var result = await new DeviceComparison(comparison, client, StandardError.WriteLine).RunAsync(local, onDifference, repair, progress, cancellationToken);
        return new(localName, remoteName, result.LocalLength, result.RemoteLength, client.BlockSize, result, options.Sample is not null);
    }
}
