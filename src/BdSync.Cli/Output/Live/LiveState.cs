namespace BdSync.Cli.Output.Live;

/// <summary>How something that a view shows is faring.</summary>
internal enum LiveState
{
    Waiting,
    Running,
    Done,
    Failed,

    /// <summary>A signal ended it.</summary>
    Stopped,

    /// <summary>It is not done at all.</summary>
    Skipped,
}
