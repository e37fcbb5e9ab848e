using BdSync.Protocol;

namespace BdSync.Cli.Output.Live;

/// <summary>
/// Finds out how fast a comparison goes, from how far it has come at some moments. Rates are those of the last seconds. The time that is left is worked out from the last
/// half minute: holes and blocks that are equal go faster than others, and what was long ago says little. Not safe for several threads.
/// </summary>
/// <param name="time">Tells the time.</param>
internal sealed class RateMeter(TimeProvider time)
{
    /// <summary>How far back samples are kept.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan RateSpan = TimeSpan.FromSeconds(5);

    /// <summary>A rate of less is not worth showing.</summary>
    private static readonly TimeSpan MinRateSpan = TimeSpan.FromSeconds(0.9);

    private static readonly TimeSpan MinRemainingSpan = TimeSpan.FromSeconds(2);

    private readonly Queue<Sample> samples = new();
    private Sample latest;

    /// <summary>Bytes per second that were read of the local and the remote device; null as long as they are not known.</summary>
    public (long Local, long Remote)? Rates
    {
        get
        {
            var first = samples.FirstOrDefault(sample => time.GetElapsedTime(sample.Time, latest.Time) <= RateSpan, latest);
            var span = time.GetElapsedTime(first.Time, latest.Time);
            return span < MinRateSpan ? null : (Divide(latest.Local - first.Local, span), Divide(latest.Remote - first.Remote, span));
        }
    }

    /// <summary>Takes another sample. A comparison that has begun anew is noticed: what was before it is forgotten.</summary>
    public void Add(SyncProgress progress)
    {
        var sample = new Sample(time.GetTimestamp(), progress.Statistics.LocalBytesRead, progress.Statistics.RemoteBytesRead, progress.Position);
        if (sample.Local < latest.Local || sample.Remote < latest.Remote || sample.Position < latest.Position)
        {
            Reset();
        }

        latest = sample;
        samples.Enqueue(sample);
        while (time.GetElapsedTime(samples.Peek().Time, sample.Time) > Memory)
        {
            samples.Dequeue();
        }
    }

    /// <summary>How long it is going to take until all is compared; null where that isn't known, as while nothing goes on.</summary>
    /// <param name="length">Where the comparison ends, in bytes.</param>
    public TimeSpan? GetRemaining(long length)
    {
        if (!samples.TryPeek(out var first))
        {
            return null;
        }

        var span = time.GetElapsedTime(first.Time, latest.Time);
        var done = latest.Position - first.Position;
        if (span < MinRemainingSpan || done <= 0)
        {
            return null;
        }

        var seconds = span.TotalSeconds / done * Math.Max(0, length - latest.Position);
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }

    /// <summary>Forgets all samples.</summary>
    public void Reset()
    {
        samples.Clear();
        latest = default;
    }

    private static long Divide(long bytes, TimeSpan span) => (long)(bytes / span.TotalSeconds);

    private readonly record struct Sample(long Time, long Local, long Remote, long Position);
}
