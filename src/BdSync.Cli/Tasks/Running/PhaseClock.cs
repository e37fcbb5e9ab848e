namespace BdSync.Cli.Tasks.Running;

/// <summary>How long a task has been in which phase, and how far the present one has come. Safe for several threads.</summary>
/// <param name="time">Tells the time.</param>
internal sealed class PhaseClock(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<TaskPhase, TimeSpan> ended = [];
    private TaskPhase current = TaskPhase.Waiting;
    private long started = time.GetTimestamp();

    /// <summary>The present phase, and how long it has been on.</summary>
    public (TaskPhase Phase, TimeSpan Elapsed) Current
    {
        get
        {
            lock (gate)
            {
                return (current, time.GetElapsedTime(started));
            }
        }
    }

    /// <summary>How long each phase took that has ended. One that came several times, as after a cut, has the sum.</summary>
    public IReadOnlyDictionary<TaskPhase, TimeSpan> Ended
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<TaskPhase, TimeSpan>(ended);
            }
        }
    }

    /// <summary>Begins a phase, which ends the one before.</summary>
    public void Begin(TaskPhase phase)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            ended[current] = ended.GetValueOrDefault(current) + time.GetElapsedTime(started, now);
            (current, started) = (phase, now);
        }
    }
}
