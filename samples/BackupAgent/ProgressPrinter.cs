using System.Diagnostics;
using BdSync.Protocol;

namespace BackupAgent;

/// <summary>Prints a line every second and one at the end. Unlike <see cref="Progress{T}"/> it does so at once, in order.</summary>
internal sealed class ProgressPrinter(TextWriter output) : IProgress<SyncProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly long started = Stopwatch.GetTimestamp();
    private TimeSpan due = Interval;

    public void Report(SyncProgress value)
    {
        var elapsed = Stopwatch.GetElapsedTime(started);
        if (elapsed < due && !value.Completed)
        {
            return;
        }

        due = elapsed + Interval;
        var share = value.Length == 0 ? 1 : (double)value.Position / value.Length;
        output.WriteLine($"{share:P0} of {value.Length} bytes compared, {value.DifferingBytes} differ.");
    }
}
