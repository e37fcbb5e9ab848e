using BdSync.Protocol;

namespace BdSync.Cli.Output.Live;

/// <summary>Shows a single comparison: what <c>--progress=bar</c> draws. Safe for several threads, but for <see cref="Observe"/>.</summary>
/// <param name="time">Tells the time.</param>
internal sealed class ComparisonSource(TimeProvider time) : ILiveSource, IProgress<SyncProgress>
{
    private readonly Lock gate = new();
    private readonly RateMeter meter = new(time);
    private readonly long start = time.GetTimestamp();
    private SyncProgress? latest;
    private bool hasEnded;

    public LiveLabels Labels { get; } = new("", "local", "remote");

    public void Report(SyncProgress value)
    {
        lock (gate)
        {
            latest = value;
        }
    }

    /// <summary>Nothing more is reported. If the comparison is not completed, it never will be.</summary>
    public void End()
    {
        lock (gate)
        {
            hasEnded = true;
        }
    }

    public IReadOnlyList<LiveEntry> Observe()
    {
        lock (gate)
        {
            return [Describe()];
        }
    }

    private LiveEntry Describe()
    {
        var elapsed = time.GetElapsedTime(start);
        var entry = latest is { Completed: true } ? new LiveEntry("", LiveState.Done, "done")
            : hasEnded ? new("", LiveState.Stopped, "stopped")
            : new("", LiveState.Running, "compare");
        if (latest is not { } progress)
        {
            return entry with { Elapsed = elapsed };
        }

        meter.Add(progress);
        var rates = entry.State == LiveState.Running ? meter.Rates : null;
        return entry with
        {
            Fraction = progress.Completed || progress.Length == 0 ? 1 : (double)progress.Position / progress.Length,
            SourceRate = rates?.Local,
            TargetRate = rates?.Remote,
            Elapsed = elapsed,
            Remaining = entry.State == LiveState.Running ? meter.GetRemaining(progress.Length) : null,
            DifferingBytes = progress.DifferingBytes,
        };
    }
}
