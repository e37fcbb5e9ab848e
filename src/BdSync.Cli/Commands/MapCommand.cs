using BdSync.Cli.CommandLine;
using BdSync.Cli.Maps;
using BdSync.Cli.Output;
using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Cli.Commands;

/// <summary><c>bdsync map</c>: compares two devices, and shows where they differ, on a terminal while it compares.</summary>
internal static class MapCommand
{
    /// <summary>The exit status where the devices differ.</summary>
    private const int Different = (int)BdSyncExitStatus.Different;

    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Shows it on standard output.</summary>
    /// <param name="options">What to compare, and how.</param>
    /// <param name="asJson">Print an object for programs.</param>
    /// <param name="svgPath">The file for a picture; null for none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The exit status.</returns>
    /// <exception cref="BdSyncException">A device can't be read, the peer is gone, or something can't be written.</exception>
    public static async Task<int> RunAsync(StockOptions options, bool asJson, string? svgPath, CancellationToken cancellationToken)
    {
        var text = new RedrawnText(TextOutput.Write);
        var (localName, remoteName) = (options.Operands[^2], options.Operands[^1]);
        using var local = LocalDevice.Open(localName, options.Direct);
        var map = new DifferenceMap(local.Length);
        using var redrawing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var drawing = asJson || !TextStyle.Detect().CanRedraw ? Task.CompletedTask : RedrawAsync(text, map, redrawing.Token);
        ComparisonResult result;
        try
        {
            result = await new DeviceComparison(options, options.Client, text.WriteError).RunAsync(local, map.Add, repair: null, map, cancellationToken);
        }
        finally
        {
            await redrawing.CancelAsync();
            await drawing;
        }

        text.Clear();
        var (cells, extents) = map.Complete(result.RemoteLength);
        var difference = new DifferenceText(localName, remoteName, result, cells, extents);
        if (asJson)
        {
            TextOutput.Write(difference.ToJson());
        }
        else
        {
            TextOutput.Write(difference.Describe(TextStyle.Detect()));
        }

        if (svgPath is not null)
        {
            SvgFile.Write(svgPath, difference.DrawPicture());
        }

        return result.IsEqual ? 0 : Different;
    }

    // What was drawn last stays: where the comparison fails, it shows how far it has come.
    private static async Task RedrawAsync(RedrawnText text, DifferenceMap map, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RedrawInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                text.Draw(map.Draw(TextStyle.Detect()));
            }
        }
        catch (OperationCanceledException)
        {
            // The comparison is over.
        }
    }
}
