using BdSync.Cli.Tasks.Hosts;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>The fast way: what differs is written to the target at once. What is interrupted leaves a mixed target, and another run completes it.</summary>
internal sealed class InPlaceTransfer(SyncTask task, TaskHost host, TaskComparison comparison, TaskReport report, ILogger logger, TimeProvider time)
{
    private const string State = "Changes are applied in place: the target may be partly new, and another run completes it.";

    public async Task RunAsync(RetryPolicy retry, CancellationToken cancellationToken)
    {
        await comparison.BeginWritingAsync(cancellationToken);
        var start = time.GetTimestamp();
        try
        {
            await retry.RunAsync(() => ApplyAsync(cancellationToken), cancellationToken);
        }
        catch (BdSyncException exception)
        {
            throw new TaskException($"{exception.Message} {State}", exception);
        }
        catch (OperationCanceledException)
        {
            logger.TaskFailed(State);
            throw;
        }

        report.GenerateTime = time.GetElapsedTime(start);
        logger.ChangesApplied(new(report.GenerateTime));
    }

    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        report.Begin(TaskPhase.Comparing);
        if (comparison.IsLocal && task.BandwidthLimit is null)
        {
            report.Note(await comparison.ApplyAsync(cancellationToken));
            return;
        }

        await host.ApplyStreamAsync(new PatchTransfer(task, comparison, report).WriteAsync, task.Compression, cancellationToken);
    }
}
