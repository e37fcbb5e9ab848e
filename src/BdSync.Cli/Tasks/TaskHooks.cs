namespace BdSync.Cli.Tasks;

/// <summary>Shell commands around a task or a run; null for none.</summary>
/// <param name="Before">Before anything is touched; where it fails nothing is done.</param>
/// <param name="After">When all went well.</param>
/// <param name="OnError">When something went wrong.</param>
internal sealed record TaskHooks(string? Before = null, string? After = null, string? OnError = null)
{
    /// <summary>How long a command may take before it is killed, which counts as a failure. Default five minutes.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(5);
}
