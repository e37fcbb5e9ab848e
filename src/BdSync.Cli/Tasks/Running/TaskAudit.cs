using BdSync.Protocol.Planning;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>Compares a random sample of the target with the source when a task has done its work (<c>audit</c>).</summary>
internal sealed class TaskAudit(SyncTask task, TaskComparison comparison, TaskReport report, ILogger logger)
{
    /// <summary>The confidence that the log states a limit for.</summary>
    private const double Confidence = 0.95;

    /// <exception cref="TaskException">Something differs.</exception>
    public async Task RunAsync(BlockSample sample, CancellationToken cancellationToken)
    {
        var result = await comparison.CompareAsync(sample, Timeout.InfiniteTimeSpan, onDifference: null, repair: null, cancellationToken);
        report.NoteAudit(result);
        if (result.DifferingBlocks > 0)
        {
            throw new TaskException(
                $"The audit failed: {result.DifferingBlocks} of {result.ComparedBlocks} randomly chosen blocks differ, out of {result.TotalBlocks}. {(task.Lvm is null ? "Something has written to the source meanwhile, or to the target, or" : "Something has written to the target meanwhile, or")} the target does not keep what is written. bdsync verify --task finds where.");
        }

        if (result.LocalLength != result.RemoteLength && task.Client.SizePolicy != SizePolicy.MinSize)
        {
            throw new TaskException($"The audit failed: the sizes differ, {result.LocalLength} bytes here and {result.RemoteLength} on the other side.");
        }

        var limit = new SampleProof(result.ComparedBlocks, result.TotalBlocks).GetDamageLimit(Confidence);
        logger.Audited(result.ComparedBlocks, result.TotalBlocks, limit, Confidence * 100);
    }
}
