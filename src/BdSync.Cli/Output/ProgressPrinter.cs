using System.Globalization;
using BdSync.Cli.CommandLine;
using BdSync.Protocol;

namespace BdSync.Cli.Output;

/// <summary>
/// Prints <c>PROGRESS:PPP%,DIFFBYTES,POS,SIZE,ELAPSED,REMAINING</c> as the C tool does: when the percentage or the second
/// changes, and once at the end. Where a rate is known eight blanks follow, which cover what a longer line has left.
/// </summary>
internal sealed class ProgressPrinter(ProgressStyle style, TextWriter output, TimeProvider time) : IProgress<SyncProgress>
{
    private const string Blanks = "        ";

    private readonly long start = time.GetTimestamp();
    private long lastPercentage = -1;
    private long lastSecond;

    public void Report(SyncProgress value)
    {
        var elapsed = time.GetElapsedTime(start);
        var percentage = value.Completed ? 100 : GetPercentage(value);
        var second = (long)elapsed.TotalSeconds;

        // 100 % is printed once, at the end, when the patch has its final length.
        if (!value.Completed && second == lastSecond && (percentage == lastPercentage || percentage == 100))
        {
            return;
        }

        lastPercentage = percentage;
        lastSecond = second;
        var end = style == ProgressStyle.NoScroll ? '\r' : '\n';
        output.Write(string.Create(
            CultureInfo.InvariantCulture, $"PROGRESS:{percentage:000}%,{value.PatchLength},{value.Position},{value.Length},{FormatTimes(value, elapsed)}{end}"));
    }

    private static long GetPercentage(SyncProgress value) => value.Length == 0 ? 0 : (long)((Int128)value.Position * 100 / value.Length);

    private static string FormatTimes(SyncProgress value, TimeSpan elapsed)
    {
        if (value.Position == 0)
        {
            return "-,-";
        }

        var remaining = elapsed.TotalSeconds / value.Position * (value.Length - value.Position);
        return string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds:F3},{remaining:F3}{Blanks}");
    }
}
