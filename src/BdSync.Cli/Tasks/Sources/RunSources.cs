using BdSync.Lvm;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// The sources of a run's tasks. Snapshots that belong together (<c>lvm_snapshot_together</c>) are taken when the first task of their volume group asks for its own.
/// Safe for several threads. What no task has taken over is removed with this.
/// </summary>
/// <param name="tasks">The tasks of the run.</param>
/// <param name="names">What their snapshots are called.</param>
/// <param name="getLogger">The logger of a task.</param>
internal sealed class RunSources(IReadOnlyList<SyncTask> tasks, SnapshotNames names, Func<SyncTask, ILogger> getLogger) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<SyncTask, TaskSource> taken = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<SyncTask, string> failed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gives a task its source; the task disposes of it.</summary>
    /// <exception cref="TaskException">The source is no logical volume, or a snapshot that belongs to it could not be taken.</exception>
    /// <exception cref="LvmException">LVM refuses.</exception>
    public async Task<TaskSource> OpenAsync(SyncTask task, CancellationToken cancellationToken)
    {
        // What is no volume has no group, and fails for itself.
        if (task.Lvm is not { Together: true } || GetGroup(task) is null)
        {
            return await TakeAsync(task, cancellationToken);
        }

        await turn.WaitAsync(cancellationToken);
        try
        {
            if (!taken.ContainsKey(task) && !failed.ContainsKey(task))
            {
                await TakeGroupAsync(task, cancellationToken);
            }

            return failed.TryGetValue(task, out var reason) ? throw new TaskException($"{reason} Nothing was done.")
                : taken.Remove(task, out var source) ? source
                : await TakeAsync(task, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in taken.Values)
        {
            await source.DisposeAsync();
        }

        turn.Dispose();
    }

    // One after the other, as close to each other as LVM can.
    private async Task TakeGroupAsync(SyncTask first, CancellationToken cancellationToken)
    {
        var group = GetGroup(first);
        var members = tasks.Where(task => task is { IsDisabled: false, Lvm.Together: true } && GetGroup(task) == group && !taken.ContainsKey(task)).Distinct().ToList();
        try
        {
            foreach (var member in members)
            {
                taken.Add(member, await TakeAsync(member, cancellationToken));
            }
        }
        catch (Exception exception)
        {
            foreach (var member in members)
            {
                if (taken.Remove(member, out var source))
                {
                    await source.DisposeAsync();
                }

                if (exception is not OperationCanceledException)
                {
                    failed[member] = $"The snapshots of the volume group {group} belong together, and one of them can't be taken: {exception.Message}";
                }
            }

            if (exception is OperationCanceledException)
            {
                throw;
            }
        }
    }

    private static string? GetGroup(SyncTask task) => VolumeName.TryResolve(task.SourcePath)?.Group;

    private Task<TaskSource> TakeAsync(SyncTask task, CancellationToken cancellationToken)
    {
        var name = task.Lvm is not null && VolumeName.TryResolve(task.SourcePath) is { } volume ? names.Get(task, volume) : "";
        return TaskSource.OpenAsync(task, name, getLogger(task), cancellationToken);
    }
}
