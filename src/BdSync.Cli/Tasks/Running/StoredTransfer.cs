using BdSync.Cli.Tasks.Hosts;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Running;

/// <summary>
/// The safe way: the whole patch is stored where the target is, and checked, before the target is touched. Where that fails the patch is removed;
/// where applying fails it stays, as it is what finishes the job.
/// </summary>
internal sealed class StoredTransfer(SyncTask task, TaskHost host, TaskComparison comparison, TaskReport report, ILogger logger, TimeProvider time)
{
    /// <summary>How long cleaning up a file may take, and making one.</summary>
    private static readonly TimeSpan FileLimit = TimeSpan.FromSeconds(20);

    private readonly string folder = task.PatchFolder ?? throw new ArgumentException("A patch can't be stored without a folder.", nameof(task));

    public async Task RunAsync(RetryPolicy retry, CancellationToken cancellationToken)
    {
        var path = await StoreAsync(retry, cancellationToken);
        var undoPath = task.UndoPatches > 0 ? PatchNames.GetUndoPath(path) : null;
        await ApplyAsync(path, undoPath, cancellationToken);
        if (undoPath is not null)
        {
            logger.UndoPatchKept(undoPath);
        }

        if (task.KeptPatches > 0)
        {
            logger.PatchKept(path);
        }
        else
        {
            logger.RemovingPatchFile(path);
            await RemoveAsync(path);
        }

        if (task.KeptPatches > 0 || task.UndoPatches > 0)
        {
            await RemoveOldAsync(path, cancellationToken);
        }
    }

    private async Task<string> StoreAsync(RetryPolicy retry, CancellationToken cancellationToken)
    {
        try
        {
            return await retry.RunAsync(() => GenerateAsync(cancellationToken), cancellationToken);
        }
        catch (BdSyncException exception)
        {
            throw new TaskException($"{exception.Message} The target is untouched.", exception);
        }
    }

    private async Task<string> GenerateAsync(CancellationToken cancellationToken)
    {
        report.Begin(TaskPhase.Comparing);
        var start = time.GetTimestamp();
        var path = await CreateFileAsync(cancellationToken);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var transfer = new PatchTransfer(task, comparison, report);
            await host.WriteFileAsync(path, transfer.WriteAsync, cancellationToken);
            report.GenerateTime = time.GetElapsedTime(start);
            logger.PatchGenerated(new(report.GenerateTime));
            await CheckAsync(path, transfer, cancellationToken);
            logger.PatchStored(new(transfer.Length));
            await comparison.BeginWritingAsync(cancellationToken);
            return path;
        }
        catch
        {
            await RemoveAsync(path);
            throw;
        }
    }

    // A signal must not come between making the file and knowing its name.
    private async Task<string> CreateFileAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var names = task.KeptPatches > 0 || task.UndoPatches > 0
            ? PatchNames.Kept(task.Name, time.GetUtcNow(), task.Compression)
            : PatchNames.Temporary(task.Compression);
        using var limit = new CancellationTokenSource(FileLimit, time);
        try
        {
            var path = await host.CreatePatchFileAsync(folder, names.Prefix, names.Suffix, limit.Token);
            logger.UsingPatchFile(path, host.Name);
            return path;
        }
        catch (OperationCanceledException exception)
        {
            throw new TaskException($"Making a patch file in {folder} on {host.Name} took more than {FileLimit.TotalSeconds:0} seconds.", exception);
        }
    }

    private async Task CheckAsync(string path, PatchTransfer transfer, CancellationToken cancellationToken)
    {
        var length = await host.GetLengthAsync(path, cancellationToken);
        if (length != transfer.Length)
        {
            throw new TaskException($"The patch did not arrive whole: {path} on {host.Name} has {length} bytes, {transfer.Length} were sent; it is removed.");
        }

        var sha256 = await host.GetSha256Async(path, cancellationToken);
        if (sha256 is not null && !sha256.AsSpan().SequenceEqual(transfer.Sha256))
        {
            throw new TaskException(
                $"The patch was damaged on the way: {path} on {host.Name} has the sha256 {Convert.ToHexStringLower(sha256)}, what was sent has {Convert.ToHexStringLower(transfer.Sha256)}; it is removed.");
        }

        logger.PatchIsWhole(host.Name, sha256 is null ? "its size is right (there is no sha256sum)" : "its size and its sha256 are right");
    }

    private async Task ApplyAsync(string path, string? undoPath, CancellationToken cancellationToken)
    {
        report.Begin(TaskPhase.Applying);
        var start = time.GetTimestamp();
        try
        {
            await host.ApplyAsync(path, task.Compression, undoPath, cancellationToken);
        }
        catch (BdSyncException exception)
        {
            throw new TaskException($"{exception.Message} {DescribePatch(path)}", exception);
        }
        catch (OperationCanceledException)
        {
            logger.TaskFailed($"Applying was interrupted: the target may be neither in its old nor in its new state. {DescribePatch(path)}");
            throw;
        }

        report.ApplyTime = time.GetElapsedTime(start);
        logger.PatchApplied(new(report.ApplyTime));
    }

    private string DescribePatch(string path) =>
        $"The whole patch is kept: {path} on {host.Name}. This finishes the job: {host.DescribeApply(path, task.Compression)}";

    // This run's are the newest whatever their names say: clocks go backwards, and two runs may share a second.
    private async Task RemoveOldAsync(string newest, CancellationToken cancellationToken)
    {
        string[] own = [Path.GetFileName(newest), Path.GetFileName(PatchNames.GetUndoPath(newest))];
        var patches = (await host.ListAsync(folder, PatchNames.GetTaskPrefix(task.Name), "", cancellationToken)).Where(path => PatchNames.IsOf(path, task.Name) && !own.Contains(Path.GetFileName(path))).ToLookup(PatchNames.IsUndoPath);
        foreach (var path in patches[false].SkipLast(task.KeptPatches - 1).Concat(patches[true].SkipLast(task.UndoPatches - 1)))
        {
            logger.RemovingOldPatch(path);
            await RemoveAsync(path);
        }
    }

    // On every way out: what cancels the task does not cancel this.
    private async Task RemoveAsync(string path)
    {
        using var limit = new CancellationTokenSource(FileLimit, time);
        try
        {
            await host.RemoveAsync(path, limit.Token);
        }
        catch (Exception exception) when (exception is BdSyncException or OperationCanceledException)
        {
            logger.PatchFileLeft(path, host.Name, exception.Message);
        }
    }
}
