namespace BdSync.Cli.Tasks.Running;

/// <summary>What a run ends with: bdsync-manager's exit codes.</summary>
internal enum RunExitStatus
{
    Success = 0,

    /// <summary>Something is missing that every task needs.</summary>
    Requirement = 1,

    /// <summary>The command line or the task file can't be used; nothing was run.</summary>
    Configuration = 2,

    /// <summary>At least one task failed.</summary>
    TaskFailed = 3,

    /// <summary>Ended by a signal.</summary>
    Cancelled = 4,

    /// <summary>A fault of the program.</summary>
    Fault = 70,
}
