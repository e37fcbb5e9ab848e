namespace BdSync.Cli.Tasks.Running;

/// <summary>What a task is doing.</summary>
internal enum TaskPhase
{
    /// <summary>Others are before it.</summary>
    Waiting,

    /// <summary>Lock, hooks, looking at source and target, making the target fit.</summary>
    Preparing,

    /// <summary>Taking the source's snapshot, and finding out what has changed since the last run.</summary>
    Snapshot,

    /// <summary>Comparing; what differs is on its way meanwhile, and in place it is applied.</summary>
    Comparing,

    /// <summary>The rest of the patch arrives, and is checked there.</summary>
    Transferring,

    /// <summary>Applying the stored patch.</summary>
    Applying,

    /// <summary>Comparing once more.</summary>
    Verifying,

    /// <summary>Removing what is not kept, and the hook that comes last.</summary>
    Finishing,

    /// <summary>All is over.</summary>
    Ended,
}
