using BdSync.Cli.Output.Live;
using BdSync.Cli.Tasks.Running;

namespace BdSync.Cli.Tasks.Watching;

/// <summary>Watches how one task of a run is faring. Used by one thread at a time, while others run the task.</summary>
/// <param name="report">The task's report.</param>
/// <param name="time">Tells the time.</param>
internal sealed class TaskWatch(TaskReport report, TimeProvider time)
{
    private readonly RateMeter meter = new(time);
    private readonly LiveEntry waiting = new(report.Task.Name, LiveState.Waiting, "waiting");
    private TaskPhase phase;
    private long? differing;
    private LiveEntry? end;

    /// <summary>Looks at the task.</summary>
    /// <param name="isStopping">Whether a signal has come: what waits is not begun any more, what runs cleans up.</param>
    public LiveEntry Observe(bool isStopping)
    {
        if (end is not null)
        {
            return end;
        }

        var (current, elapsed) = report.Phases.Current;
        if (current != phase)
        {
            meter.Reset();
            phase = current;
        }

        return current switch
        {
            TaskPhase.Waiting => isStopping ? waiting with { State = LiveState.Skipped, Word = "not run" } : waiting,
            TaskPhase.Ended => end = DescribeEnd(),
            _ when isStopping => new(report.Task.Name, LiveState.Running, "stopping") { Elapsed = elapsed, DifferingBytes = GetDifferingBytes() },
            _ => DescribeRunning(elapsed),
        };
    }

    private LiveEntry DescribeRunning(TimeSpan elapsed)
    {
        var entry = new LiveEntry(report.Task.Name, LiveState.Running, GetWord(phase)) { Elapsed = elapsed };
        if (report.Progress is not { } progress)
        {
            return entry with { DifferingBytes = GetDifferingBytes() };
        }

        if (phase == TaskPhase.Comparing)
        {
            differing = progress.DifferingBytes;
        }

        meter.Add(progress);
        var rates = meter.Rates;
        return entry with
        {
            Fraction = progress.Length == 0 ? 1 : (double)progress.Position / progress.Length,
            SourceRate = report.Task.IsPull ? rates?.Remote : rates?.Local,
            TargetRate = report.Task.IsPull ? rates?.Local : rates?.Remote,
            Remaining = meter.GetRemaining(progress.Length),
            DifferingBytes = GetDifferingBytes(),
        };
    }

    private LiveEntry DescribeEnd()
    {
        var (state, word) = report.Outcome switch
        {
            TaskOutcome.Succeeded => (LiveState.Done, "done"),
            TaskOutcome.Disabled => (LiveState.Skipped, "disabled"),
            TaskOutcome.Cancelled => (LiveState.Stopped, "stopped"),
            _ => (LiveState.Failed, "failed"),
        };
        return new(report.Task.Name, state, word)
        {
            Elapsed = state == LiveState.Skipped ? null : report.Elapsed,
            DifferingBytes = GetDifferingBytes(),
            Note = state == LiveState.Failed ? report.Error : null,
        };
    }

    // The report's own number may be read only in phases that begin when it is there.
    private long? GetDifferingBytes() => phase > TaskPhase.Transferring ? report.DifferingBytes : differing;

    private static string GetWord(TaskPhase phase) => phase switch
    {
        TaskPhase.Preparing => "prepare",
        TaskPhase.Snapshot => "snapshot",
        TaskPhase.Comparing => "compare",
        TaskPhase.Transferring => "transfer",
        TaskPhase.Applying => "apply",
        TaskPhase.Verifying => "verify",
        _ => "finish",
    };
}
