namespace BdSync.Cli.Tasks;

/// <summary>Where the source of a task is.</summary>
internal enum TaskDirection
{
    /// <summary>The source is on this machine.</summary>
    Push,

    /// <summary>The source is on the other side, the target here.</summary>
    Pull,
}
