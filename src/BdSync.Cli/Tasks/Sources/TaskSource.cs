using BdSync.Lvm;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>What a task reads for its source: the device itself, or a snapshot of it that is there for as long as this is.</summary>
internal sealed class TaskSource : IAsyncDisposable
{
    private TaskSource(string path, Snapshot? snapshot, EraStart? era)
    {
        Path = path;
        Snapshot = snapshot;
        Era = era;
    }

    /// <summary>The era that the snapshot was taken in; null where no device notes eras.</summary>
    public EraStart? Era { get; }

    /// <summary>The snapshot; null for none.</summary>
    public Snapshot? Snapshot { get; }

    /// <summary>The device to read.</summary>
    public string Path { get; }

    /// <summary>Whether nothing can write to it.</summary>
    public bool IsFrozen => Snapshot is not null;

    /// <summary>The source as it is, which may change while it is read.</summary>
    public static TaskSource Live(SyncTask task) => new(task.SourcePath, null, null);

    /// <summary>Takes a snapshot where the task wants one.</summary>
    /// <param name="task">The task.</param>
    /// <param name="snapshotName">The name of the snapshot.</param>
    /// <param name="logger">Receives the log.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left behind then.</param>
    /// <exception cref="TaskException">The source is no logical volume.</exception>
    /// <exception cref="LvmException">LVM refuses, or there is another volume of that name.</exception>
    public static async Task<TaskSource> OpenAsync(SyncTask task, string snapshotName, ILogger logger, CancellationToken cancellationToken)
    {
        if (task.Lvm is not { } lvm)
        {
            return Live(task);
        }

        var tool = new LvmTool(lvm.ProgramPath, logger);
        var origin = await tool.FindVolumeAsync(task.SourcePath, cancellationToken)
            ?? throw new TaskException($"There can't be a snapshot of {task.SourcePath}: it is no logical volume (lvm_snapshot_enabled). Nothing was done.");
        var options = new SnapshotOptions { Name = snapshotName, Size = lvm.SnapshotSize, Owner = task.Name };
        var era = lvm is { IsIncremental: true, EraDevice: { } device } ? await EraStart.BeginAsync(tool, device, origin, cancellationToken) : null;
        var snapshot = await Snapshot.CreateAsync(tool, origin, options, logger, cancellationToken);
        return new(snapshot.Path, snapshot, era);
    }

    /// <summary>Does work that reads the source. When this returns, what was read is known to be good: a snapshot that overflows meanwhile ends the work.</summary>
    /// <exception cref="LvmException">The snapshot can't be trusted; whatever the work made of it is to be thrown away.</exception>
    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        if (Snapshot is not { } snapshot)
        {
            return await work(cancellationToken);
        }

        using var watched = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = snapshot.WatchAsync(done.Token);
        var working = work(watched.Token);
        if (await Task.WhenAny(watching, working) == watching && !cancellationToken.IsCancellationRequested)
        {
            await watched.CancelAsync();
            await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await done.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (watching.Exception?.InnerException is { } fault)
        {
            throw fault;
        }

        // A read that fails has its reason here, and only the last look says that all reads were good.
        await ((Task)working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        await snapshot.CheckAsync(cancellationToken);
        return await working;
    }

    /// <summary>Removes the snapshot.</summary>
    public ValueTask DisposeAsync() => Snapshot?.DisposeAsync() ?? ValueTask.CompletedTask;
}
