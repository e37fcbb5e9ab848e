using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Running;

/// <summary>What is known of a task that runs, or has run; it grows as the task goes on. Written by one thread at a time.</summary>
internal sealed class TaskReport(SyncTask task, DateTimeOffset started)
{
    public SyncTask Task { get; } = task;

    public DateTimeOffset Started { get; } = started;

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

    /// <summary>Takes over what a comparison found out.</summary>
    public void Note(SyncResult result)
    {
        var isPulled = Task.Direction == TaskDirection.Pull;
        SourceLength = isPulled ? result.RemoteLength : result.LocalLength;
        TargetLength = isPulled ? result.LocalLength : result.RemoteLength;
        DifferingBytes = result.DifferingBytes;
    }
}
