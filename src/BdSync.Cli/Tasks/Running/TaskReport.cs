using BdSync.Cli.Tasks.Sources;
using BdSync.Lvm;
using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Running;

/// <summary>
/// What is known of a task that waits, runs, or has run; it grows as the task goes on. Written by one thread at a time; <see cref="Phases"/> and <see cref="Progress"/> may be read by others meanwhile.
/// </summary>
/// <param name="task">The task.</param>
/// <param name="time">Tells the time.</param>
internal sealed class TaskReport(SyncTask task, TimeProvider time) : IProgress<SyncProgress>
{
    private readonly Lock gate = new();
    private SyncProgress? progress;
    private bool isAudited;

    public SyncTask Task { get; } = task;

    public DateTimeOffset Started { get; private set; } = time.GetUtcNow();

    /// <summary>What it does, and how long that took.</summary>
    public PhaseClock Phases { get; } = new(time);

    /// <summary>How far the present comparison has come; null for none.</summary>
    public SyncProgress? Progress
    {
        get
        {
            lock (gate)
            {
                return progress;
            }
        }
    }

    /// <summary>What the comparisons have cost that were to make the patch; the verification's is not in it.</summary>
    public ComparisonCosts Costs { get; } = new();

    /// <summary>What the verification has cost.</summary>
    public ComparisonCosts VerificationCosts { get; } = new();

    /// <summary>How many bytes differed when all was compared once more; null where that has not been done, or has not come to its end.</summary>
    public long? BytesDifferingAfterwards { get; private set; }

    /// <summary>What the audit found; null where there was none, or it has not come to its end.</summary>
    public ComparisonResult? Audit { get; private set; }

    /// <summary>What the audit has cost.</summary>
    public ComparisonCosts AuditCosts { get; } = new();

    /// <summary>What the source was read from; null for none.</summary>
    public Snapshot? Snapshot { get; set; }

    /// <summary>What was found out of what has changed since the last run; null where everything is compared in any case.</summary>
    public IncrementalRun? Incremental { get; set; }

    /// <summary>What did again, beside the comparisons, what failed because a connection broke; null for nothing so far.</summary>
    public RetryPolicy? Retry { get; set; }

    public TaskOutcome Outcome { get; set; }

    /// <summary>Why it failed; null where it didn't.</summary>
    public string? Error { get; set; }

    /// <summary>The source's size in bytes, once it is known.</summary>
    public long? SourceLength { get; set; }

    /// <summary>The target's size in bytes before the task, once it is known.</summary>
    public long? TargetLength { get; set; }

    /// <summary>How many bytes of the source went into the patch.</summary>
    public long? DifferingBytes { get; set; }

    /// <summary>How many bytes the patch took on the way, compressed where it is.</summary>
    public long? PatchLength { get; set; }

    /// <summary>How long comparing took, the transfer of the patch included; in place, applying as well.</summary>
    public TimeSpan GenerateTime { get; set; }

    /// <summary>How long applying the stored patch took.</summary>
    public TimeSpan ApplyTime { get; set; }

    public TimeSpan Elapsed { get; set; }

    /// <summary>When all was over; null before.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>The task begins.</summary>
    public void Start()
    {
        Started = time.GetUtcNow();
        Begin(TaskPhase.Preparing);
    }

    /// <summary>A phase begins.</summary>
    public void Begin(TaskPhase phase)
    {
        SetProgress(null);
        Phases.Begin(phase);
        switch (phase)
        {
            case TaskPhase.Comparing:
                Costs.Begin();
                break;
            case TaskPhase.Verifying:
                VerificationCosts.Begin();
                break;
            case TaskPhase.Ended:
                Ended = time.GetUtcNow();
                break;
        }
    }

    /// <summary>The audit begins: a phase of verifying with costs of its own.</summary>
    public void BeginAudit()
    {
        SetProgress(null);
        isAudited = true;
        AuditCosts.Begin();
        Phases.Begin(TaskPhase.Verifying);
    }

    /// <summary>A comparison has come further.</summary>
    public void Report(SyncProgress value)
    {
        SetProgress(value);
        GetCosts().Report(value.Statistics);
    }

    /// <summary>Takes over what a comparison found out.</summary>
    public void Note(SyncResult result)
    {
        var isPulled = Task.Direction == TaskDirection.Pull;
        SourceLength = isPulled ? result.RemoteLength : result.LocalLength;
        TargetLength = isPulled ? result.LocalLength : result.RemoteLength;
        DifferingBytes = result.DifferingBytes;
        Costs.Report(result.Statistics);
    }

    /// <summary>Takes over what the verification found out.</summary>
    public void NoteVerification(SyncResult result)
    {
        BytesDifferingAfterwards = result.DifferingBytes;
        VerificationCosts.Report(result.Statistics);
    }

    /// <summary>Takes over what the audit found out.</summary>
    public void NoteAudit(ComparisonResult result)
    {
        Audit = result;
        AuditCosts.Report(result.Statistics);
    }

    private ComparisonCosts GetCosts() => Phases.Current.Phase != TaskPhase.Verifying ? Costs : isAudited ? AuditCosts : VerificationCosts;

    private void SetProgress(SyncProgress? value)
    {
        lock (gate)
        {
            progress = value;
        }
    }
}
