using BdSync.Protocol;

namespace BdSync.Cli.Output;

/// <summary>Passes on what is reported to several.</summary>
internal sealed class JoinedProgress(params IReadOnlyList<IProgress<SyncProgress>> targets) : IProgress<SyncProgress>
{
    public void Report(SyncProgress value)
    {
        foreach (var target in targets)
        {
            target.Report(value);
        }
    }
}
