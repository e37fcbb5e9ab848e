using BdSync.Cli.Patches;
using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Running;

/// <summary>Writes a task's patch to where it goes: compressed, at the speed that the task allows, and measured.</summary>
internal sealed class PatchTransfer(SyncTask task, TaskComparison comparison, TaskReport report)
{
    /// <summary>How many bytes went out.</summary>
    public long Length { get; private set; }

    /// <summary>Their sha256.</summary>
    public byte[] Sha256 { get; private set; } = [];

    public async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        var limited = task.BandwidthLimit is { } limit ? new LimitedStream(output, limit, TimeProvider.System) : null;
        await using var measured = new MeasuredStream(limited ?? output);
        SyncResult result;
        await using (var compressed = CompressedPatch.CreateWriter(measured, task.Compression))
        {
            result = await comparison.WritePatchAsync(compressed, cancellationToken);
            report.Begin(TaskPhase.Transferring);
        }

        Length = measured.BytesWritten;
        Sha256 = measured.GetSha256();
        report.Note(result);
        report.PatchLength = Length;
    }
}
