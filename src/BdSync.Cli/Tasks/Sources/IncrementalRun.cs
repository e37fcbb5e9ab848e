using System.Security.Cryptography;
using System.Text;
using BdSync.Lvm;
using BdSync.Lvm.Changes;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// Compares only what has changed since the task's last run (<c>lvm_incremental</c>). That run has kept its thin snapshot, and the target was equal to it. The pool's
/// metadata says where the new snapshot differs from the kept one. The kept one's mark goes before the target is written to; when all is done the new one is kept in its
/// place. Whatever is in doubt has everything compared.
/// </summary>
internal sealed class IncrementalRun
{
    private readonly LvmTool tool;
    private readonly Snapshot current;
    private readonly Snapshot? previous;
    private readonly string keptName;
    private readonly string? target;
    private readonly ILogger logger;
    private IncrementalMark? mark;

    private IncrementalRun(LvmTool tool, Snapshot current, Snapshot? previous, string keptName, string? target, ILogger logger)
    {
        this.tool = tool;
        this.current = current;
        this.previous = previous;
        this.keptName = keptName;
        this.target = target;
        this.logger = logger;
    }

    /// <summary>What has to be compared, in bytes; null for everything.</summary>
    public IReadOnlyList<Extent>? Extents { get; private set; }

    private IReadOnlyList<IncrementalMark> Marks => [.. previous?.Volume.Tags.Select(IncrementalMark.TryParse).OfType<IncrementalMark>() ?? []];

    private long SourceLength => current.Volume.Length;

    /// <summary>Finds out what has to be compared; nothing is changed.</summary>
    /// <param name="task">The task.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="targetUuid">The target's uuid, where it is a logical volume and LVM has been asked on its side.</param>
    /// <param name="logger">Receives the log.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Null where the task compares everything in any case.</returns>
    /// <exception cref="LvmException">LVM fails, or there is another volume under the name of the kept snapshot.</exception>
    public static async Task<IncrementalRun?> OpenAsync(SyncTask task, TaskSource source, string? targetUuid, ILogger logger, CancellationToken cancellationToken)
    {
        if (task.Lvm is not { IsIncremental: true } settings || source.Snapshot is not { } current)
        {
            return null;
        }

        if (current.Volume.ThinDeviceId is null)
        {
            logger.ComparingEverything($"{current.Origin.FullName} is no thin volume, and only a thin pool is asked for what has changed.");
            return null;
        }

        var tool = new LvmTool(settings.ProgramPath, logger);
        var options = new SnapshotOptions { Name = GetKeptName(task.Name, current.Origin.Uuid), Owner = task.Name };
        var previous = await Snapshot.FindAsync(tool, current.Origin, options, logger, cancellationToken);
        var target = await TargetIdentity.FindAsync(task, targetUuid, tool, cancellationToken);
        var run = new IncrementalRun(tool, current, previous, options.Name, target, logger);
        await run.FindChangesAsync(task, settings.FullCompareEvery, cancellationToken);
        return run;
    }

    /// <summary>Fails where the target is not what the last run has left.</summary>
    /// <param name="length">Its size in bytes, before it is written to.</param>
    /// <exception cref="ChainBrokenException">It has another size.</exception>
    public void CheckTarget(long length)
    {
        if (Extents is not null && length != mark?.TargetLength)
        {
            throw new ChainBrokenException($"the target has {length} bytes, not the {mark?.TargetLength} that the last run has left.");
        }
    }

    /// <summary>Compares everything after all.</summary>
    /// <param name="reason">Why, as a clause with a stop.</param>
    public void CompareEverything(string reason)
    {
        Extents = null;
        logger.ComparingEverything(reason);
    }

    /// <summary>Takes the mark from the kept snapshot, so that nobody trusts it: before the target is written to. May be called again.</summary>
    /// <exception cref="LvmException">LVM fails. The target must not be written to.</exception>
    public async Task DistrustAsync(CancellationToken cancellationToken)
    {
        if (previous is not null)
        {
            foreach (var one in Marks)
            {
                await tool.RunAsync(LvmCommands.RemoveTag(previous.Volume.FullName, one.Tag), cancellationToken);
            }
        }
    }

    /// <summary>Keeps the new snapshot in place of the old one: when the target is equal to it. Where that fails, which is a warning, the next run compares everything.</summary>
    /// <param name="targetLength">The target's size in bytes, as the next run will find it; null where it is not known.</param>
    public async Task KeepAsync(long? targetLength)
    {
        if (target is null || targetLength is not { } length)
        {
            logger.SnapshotNotKept("The target can't be told from others.");
            return;
        }

        try
        {
            await (previous?.RemoveAsync(CancellationToken.None) ?? Task.CompletedTask);
            var runs = Extents is null ? 1 : mark!.Runs + 1;
            await current.KeepAsync(keptName, new IncrementalMark(current.Origin.Uuid, target, SourceLength, length, runs).Tag);
        }
        catch (LvmException exception)
        {
            logger.SnapshotNotKept(exception.Message);
        }
    }

    private async Task FindChangesAsync(SyncTask task, int fullCompareEvery, CancellationToken cancellationToken)
    {
        if (FindDoubt(task, fullCompareEvery) is { } doubt)
        {
            CompareEverything(doubt);
            return;
        }

        try
        {
            Extents = await ThinChanges.FindAsync(tool, previous!.Volume, current.Volume, cancellationToken);
            mark = Marks[0];
            logger.ComparingChanges(new(Extents.Sum(extent => Math.Max(Math.Min(extent.End, SourceLength) - extent.Offset, 0))), new(SourceLength));
        }
        catch (LvmException exception)
        {
            CompareEverything(exception.Message);
        }
    }

    private string? FindDoubt(SyncTask task, int fullCompareEvery) => Marks switch
    {
        _ when task.Client.Checksum is not null => "--checksum is over the whole source.",
        _ when previous is null => "no snapshot of a run before is kept.",
        [] => "the run before did not come to a good end.",
        [_, _, ..] => "the kept snapshot has several marks.",
        [var only] when only.Origin != current.Origin.Uuid || current.Origin.Uuid.Length == 0 => "the kept snapshot is one of another volume.",
        [var only] when only.Target != target => "the target is not the one of the run before.",
        [var only] when only.SourceLength != SourceLength || previous.Volume.Length != SourceLength => "the source's size has changed.",
        [var only] when only.Runs >= fullCompareEvery => $"every {fullCompareEvery} runs (full_compare_every).",
        _ when !previous.Volume.IsReadOnly => "the kept snapshot can be written to.",
        _ => null,
    };

    // Of this task and of this volume: where a task gets another source, nothing of the old one's is in its way.
    private static string GetKeptName(string taskName, string originUuid) =>
        $"bdsync-kept-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{taskName}\n{originUuid}")).AsSpan(0, 12))}";
}
