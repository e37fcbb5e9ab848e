using BdSync.Cli.CommandLine;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync --local [--apply] LOCDEV REMDEV</c></summary>
internal static class LocalCommand
{
    public static async Task<int> RunAsync(StockOptions options, CancellationToken cancellationToken)
    {
        var logger = new TextLogger<BdSyncLocal>(Verbosity.ToLogLevel(options.Verbosity), (_, message) => StandardError.WriteLine(message));
        var comparison = new BdSyncLocal(options.Client, logger);
        using var local = LocalDevice.Open(options.Operands[0], options.Direct);
        await using var display = new ProgressDisplay(options.Progress);
        if (options.Apply)
        {
            using var target = WritableLocalDevice.Open(options.Operands[1], options.Force, options.Direct);
            await comparison.ApplyAsync(local, target, display.Progress, cancellationToken);
            return 0;
        }

        using var remote = LocalDevice.Open(options.Operands[1], options.Direct);
        await comparison.WritePatchAsync(local, remote, new StandardOutput(), display.Progress, cancellationToken);
        return 0;
    }
}
