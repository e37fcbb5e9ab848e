using BdSync.Protocol;

namespace BdSync.Cli.Output.Live;

/// <summary>What <c>--progress=bar</c> writes where there is no terminal to draw on: a line every ten seconds, and one at the end. Used by one thread at a time.</summary>
/// <param name="write">Receives each line.</param>
/// <param name="time">Tells the time.</param>
internal sealed class PlainProgress(Action<string> write, TimeProvider time) : IProgress<SyncProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(0.25);

    private readonly RateMeter meter = new(time);
    private readonly long start = time.GetTimestamp();
    private long? sampled;
    private long written = time.GetTimestamp();

    public void Report(SyncProgress value)
    {
        var now = time.GetTimestamp();
        if (value.Completed)
        {
            write($"bdsync: 100%, {LiveNumbers.FormatSize(value.Length)} compared in {LiveNumbers.FormatElapsed(time.GetElapsedTime(start, now))}, {LiveNumbers.FormatSize(value.DifferingBytes)} differ");
            return;
        }

        // There may be thousands of reports a second.
        if (sampled is { } last && time.GetElapsedTime(last, now) < SampleInterval)
        {
            return;
        }

        sampled = now;
        meter.Add(value);
        if (time.GetElapsedTime(written, now) >= Interval)
        {
            written = now;
            write(Describe(value));
        }
    }

    private string Describe(SyncProgress progress)
    {
        List<string> parts = [$"{LiveNumbers.FormatPercentage(progress.Length == 0 ? 1 : (double)progress.Position / progress.Length)} of {LiveNumbers.FormatSize(progress.Length)}"];
        if (meter.Rates is { } rates)
        {
            parts.Add($"{LiveNumbers.FormatRate(rates.Local)} local");
            parts.Add($"{LiveNumbers.FormatRate(rates.Remote)} remote");
        }

        if (meter.GetRemaining(progress.Length) is { } remaining && LiveNumbers.FormatRemaining(remaining) is not "" and var text)
        {
            parts.Add(text);
        }

        parts.Add($"{LiveNumbers.FormatSize(progress.DifferingBytes)} differ");
        return $"bdsync: {string.Join(", ", parts)}";
    }
}
