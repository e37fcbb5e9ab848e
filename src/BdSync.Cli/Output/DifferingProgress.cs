using BdSync.Protocol;

namespace BdSync.Cli.Output;

/// <summary>Passes on what is reported of a comparison that has no patch: the bytes that differ stand where a patch's length does.</summary>
internal sealed class DifferingProgress(IProgress<SyncProgress> target) : IProgress<SyncProgress>
{
    public void Report(SyncProgress value) => target.Report(value with { PatchLength = value.DifferingBytes });
}
