using BdSync.Cli.Tasks.Hosts;
using BdSync.Cli.Tasks.Sources;
using BdSync.Protocol;
using BdSync.Protocol.Devices;
using BdSync.Protocol.Planning;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>One task, from its lock to its last hook.</summary>
internal sealed class TaskRun(TaskReport report, RunSources sources, bool dryRun, ILogger logger, TimeProvider time)
{
    private readonly SyncTask task = report.Task;
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    /// <summary>Runs it. Whatever goes wrong is in the log and in the report.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        report.Start();
        await RunStartedAsync(cancellationToken);
        report.Begin(TaskPhase.Ended);
    }

    private async Task RunStartedAsync(CancellationToken cancellationToken)
    {
        if (task.IsDisabled)
        {
            logger.SkippingDisabledTask();
            report.Outcome = TaskOutcome.Disabled;
            return;
        }

        try
        {
            // Who can't have the lock runs no hooks either: they are about the other run's target.
            using var taskLock = dryRun ? null : TaskLock.Acquire(task);
            await RunLockedAsync(cancellationToken);
        }
        catch (TaskException exception)
        {
            Fail(exception, cancellationToken);
        }
    }

    private async Task RunLockedAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        try
        {
            await RunHookAsync("run_before", task.Hooks.Before, task.Hooks.TimeLimit, hasEnded: false, cancellationToken);
            await SynchronizeAsync(cancellationToken);
            report.Outcome = TaskOutcome.Succeeded;
        }
        catch (Exception exception)
        {
            Fail(exception, cancellationToken);
        }

        report.Elapsed = time.GetElapsedTime(start);
        if (report.Outcome == TaskOutcome.Succeeded)
        {
            try
            {
                await RunHookAsync("run_after", task.Hooks.After, task.Hooks.TimeLimit, hasEnded: true, cancellationToken);
            }
            catch (Exception exception)
            {
                Fail(exception, cancellationToken);
            }
        }

        if (report.Outcome != TaskOutcome.Succeeded)
        {
            await RunErrorHookAsync(cancellationToken);
        }
    }

    private async Task RunErrorHookAsync(CancellationToken interruption)
    {
        try
        {
            await RunHookAsync("run_on_error", task.Hooks.OnError, task.Hooks.TimeLimit, hasEnded: true, CancellationToken.None, interruption);
        }
        catch (TaskException exception)
        {
            logger.HookFailed(exception.Message);
        }
    }

    private async Task SynchronizeAsync(CancellationToken cancellationToken)
    {
        await using var peer = task.Connection is null ? null : new RemoteHost(task, logger);
        TaskHost host = peer is not null && task.Direction == TaskDirection.Push ? peer : new LocalHost(task, logger);
        await using var ownHost = host;
        var retry = report.Retry = new RetryPolicy(task.Retries, RetryDelay, logger);
        await CheckSourceAsync(peer, retry, cancellationToken);
        if (!dryRun)
        {
            // What the other side lacks is known before a missing target is created.
            await retry.RunAsync(() => host.CheckAbilitiesAsync(task.Compression, task.UndoPatches > 0, cancellationToken), cancellationToken);
        }

        var volume = task.TargetVolume is { } settings ? new TargetVolume(task, settings, host, logger) : null;
        if (volume is not null)
        {
            await retry.RunAsync(() => volume.PrepareAsync(report.SourceLength ?? 0, dryRun, cancellationToken), cancellationToken);
        }

        var isThere = await retry.RunAsync(() => TargetCheck.PrepareAsync(task, host, dryRun, logger, cancellationToken), cancellationToken);
        if (dryRun)
        {
            // A snapshot would be something that is written.
            await CompareOnlyAsync(new(task, TaskSource.Live(task), peer, report, logger), isThere, cancellationToken);
            return;
        }

        report.Begin(TaskPhase.Snapshot);
        await using var source = await sources.OpenAsync(task, cancellationToken);
        report.Snapshot = source.Snapshot;
        var incremental = report.Incremental = await IncrementalRun.OpenAsync(task, source, volume?.Uuid, logger, cancellationToken);
        var comparison = new TaskComparison(task, source, peer, report, logger, incremental);
        try
        {
            await TransferAsync(host, comparison, retry, cancellationToken);
        }
        catch (ChainBrokenException exception)
        {
            incremental!.CompareEverything(exception.Message);
            await TransferAsync(host, comparison, retry, cancellationToken);
        }

        if (task.Verify)
        {
            report.Begin(TaskPhase.Verifying);
            await VerifyAsync(new(task, source, peer, report, logger), cancellationToken);
        }

        if (task.Audit is { } sample)
        {
            report.BeginAudit();
            await new TaskAudit(task, new(task, source, peer, report, logger), report, logger).RunAsync(sample, cancellationToken);
        }

        report.Begin(TaskPhase.Finishing);

        if (volume is not null)
        {
            await retry.RunAsync(() => volume.ShrinkAsync(report.SourceLength ?? 0, cancellationToken), cancellationToken);
        }

        // A target that was shorter and may grow is as long as its source now.
        var targetLength = task.Client.SizePolicy == SizePolicy.Resize ? report.SourceLength : report.TargetLength;
        await (incremental?.KeepAsync(targetLength) ?? Task.CompletedTask);
    }

    private Task TransferAsync(TaskHost host, TaskComparison comparison, RetryPolicy retry, CancellationToken cancellationToken) =>
        task.ApplyInPlace
            ? new InPlaceTransfer(task, host, comparison, report, logger, time).RunAsync(retry, cancellationToken)
            : new StoredTransfer(task, host, comparison, report, logger, time).RunAsync(retry, cancellationToken);

    private async Task CheckSourceAsync(RemoteHost? peer, RetryPolicy retry, CancellationToken cancellationToken)
    {
        if (peer is null || task.Direction == TaskDirection.Push)
        {
            using var source = LocalDevice.Open(task.SourcePath, task.Direct);
            report.SourceLength = source.Length;
        }
        else if (!await retry.RunAsync(() => peer.ExistsAsync(task.SourcePath, cancellationToken), cancellationToken))
        {
            throw new TaskException($"The source {task.SourcePath} does not exist on {peer.Name}. Nothing was done.");
        }
    }

    private async Task CompareOnlyAsync(TaskComparison comparison, bool isThere, CancellationToken cancellationToken)
    {
        if (!isThere)
        {
            logger.WouldCreate(task.TargetPath);
            return;
        }

        report.Begin(TaskPhase.Comparing);

        var result = await comparison.WritePatchAsync(Stream.Null, cancellationToken);
        report.Note(result);
        report.PatchLength = result.PatchLength;
        logger.WouldTransfer(new(result.DifferingBytes), new(report.SourceLength ?? 0), new(result.PatchLength));
    }

    private async Task VerifyAsync(TaskComparison comparison, CancellationToken cancellationToken)
    {
        var result = await comparison.WritePatchAsync(Stream.Null, cancellationToken);
        report.NoteVerification(result);
        if (result.DifferingBytes != 0)
        {
            throw new TaskException(
                $"The verification failed: {result.DifferingBytes} bytes differ after the patch was applied. {(task.Lvm is null ? "Something has written to the source meanwhile, or to the target." : "Something has written to the target meanwhile, or it does not keep what is written.")}");
        }

        logger.Verified();
    }

    private async Task RunHookAsync(
        string hook, string? command, TimeSpan limit, bool hasEnded, CancellationToken cancellationToken, CancellationToken interruption = default)
    {
        if (!dryRun)
        {
            await HookRunner.RunAsync(hook, command, limit, HookVariables.Describe(report, hasEnded), logger, cancellationToken, interruption);
        }
    }

    private void Fail(Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested && exception is OperationCanceledException)
        {
            report.Outcome = TaskOutcome.Cancelled;
            report.Error = "Terminated via user input";
            logger.Terminated();
            return;
        }

        report.Outcome = TaskOutcome.Failed;
        report.Error = exception is BdSyncException ? exception.Message : $"An unexpected {exception.GetType().Name}: {exception.Message}";
        logger.TaskFailed(report.Error);
    }
}
