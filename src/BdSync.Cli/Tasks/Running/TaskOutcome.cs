namespace BdSync.Cli.Tasks.Running;

/// <summary>How a task turned out.</summary>
internal enum TaskOutcome
{
    Failed,
    Succeeded,

    /// <summary>It is disabled: nothing was done.</summary>
    Disabled,

    /// <summary>A signal ended it.</summary>
    Cancelled,
}
