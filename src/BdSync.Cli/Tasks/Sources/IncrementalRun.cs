using BdSync.Lvm;
using BdSync.Protocol;
using Microsoft.Extensions.Logging;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// Compares only what has changed since the task's last run (<c>lvm_incremental</c>), which has left a mark that the target was equal to its source then. A <see cref="ChangeHistory"/> says what has changed
/// since. The mark goes before the target is written to, and there is another one when all is done. Whatever is in doubt has everything compared.
/// </summary>
internal sealed class IncrementalRun
{
    private readonly LvmTool tool;
    private readonly ChangeHistory history;
    private readonly LogicalVolume origin;
    private readonly string owner;
    private readonly string? target;
    private readonly ILogger logger;
    private readonly List<(VolumeName Holder, IncrementalMark Mark)> marks;
    private IncrementalMark? mark;

    private IncrementalRun(LvmTool tool, ChangeHistory history, LogicalVolume origin, LogicalVolume? kept, string owner, string? target, ILogger logger)
    {
        this.tool = tool;
        this.history = history;
        this.origin = origin;
        this.owner = owner;
        this.target = target;
        this.logger = logger;
        marks = [.. ReadMarks(origin).Concat(ReadMarks(kept)).Where(entry => entry.Mark.Owner == owner)];
    }

    /// <summary>What has to be compared, in bytes; null for everything.</summary>
    public IReadOnlyList<Extent>? Extents { get; private set; }

    /// <summary>How much of the source that is, in bytes; null for everything.</summary>
    public long? ChangedBytes { get; private set; }

    /// <summary>What the log says of it, and of what keeps the next run from it, in sentences.</summary>
    public string Remarks { get; private set; } = "";

    /// <summary>Finds out what has to be compared. What earlier runs have kept is removed where it is of no use any more; else nothing is changed.</summary>
    /// <param name="task">The task.</param>
    /// <param name="source">What it reads.</param>
    /// <param name="targetUuid">The target's uuid, where it is a logical volume and LVM has been asked on its side.</param>
    /// <param name="logger">Receives the log.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Null where the task compares everything in any case.</returns>
    /// <exception cref="LvmException">LVM fails, or there is another volume under the name of the kept snapshot.</exception>
    public static async Task<IncrementalRun?> OpenAsync(SyncTask task, TaskSource source, string? targetUuid, ILogger logger, CancellationToken cancellationToken)
    {
        if (task.Lvm is not { } settings || source.Snapshot is not { } current)
        {
            return null;
        }

        var tool = new LvmTool(settings.ProgramPath, logger);
        await Snapshot.RemoveOrphansAsync(tool, current.Origin.FullName.Group, task.Name, logger, cancellationToken);
        var options = new SnapshotOptions { Name = GetKeptName(task.Name, current.Origin.Uuid), Owner = task.Name };
        var kept = await Snapshot.FindAsync(tool, current.Origin, options, logger, cancellationToken);
        if (!settings.IsIncremental)
        {
            // What this run writes to the target an old mark would know nothing of, should the key come back.
            await new IncrementalRun(tool, new SnapshotHistory(tool, current, kept, options.Name), current.Origin, kept?.Volume, TargetIdentity.Hash(task.Name), null, logger).DistrustAsync(cancellationToken);
            await (kept?.RemoveAsync(cancellationToken) ?? Task.CompletedTask);
            return null;
        }

        ChangeHistory history = source.Era is { } era
            ? new EraHistory(tool, era, current.Origin, kept)
            : new SnapshotHistory(tool, current, kept, options.Name);
        var target = await TargetIdentity.FindAsync(task, targetUuid, tool, cancellationToken);
        var run = new IncrementalRun(tool, history, current.Origin, kept?.Volume, TargetIdentity.Hash(task.Name), target, logger);
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
        ChangedBytes = null;
        AddRemark($"Comparing everything: {reason}");
        logger.ComparingEverything(reason);
    }

    /// <summary>Takes the task's marks away, so that nobody trusts them: before the target is written to. May be called again.</summary>
    /// <exception cref="LvmException">LVM fails. The target must not be written to.</exception>
    public async Task DistrustAsync(CancellationToken cancellationToken)
    {
        while (marks is [.., var (holder, last)])
        {
            await tool.RunAsync(LvmCommands.RemoveTag(holder, last.Tag), cancellationToken);
            marks.RemoveAt(marks.Count - 1);
        }
    }

    /// <summary>Has the next run go on from here: when the target is equal to the source. Where that fails, which is a warning, the next run compares everything.</summary>
    /// <param name="targetLength">The target's size in bytes, as the next run will find it; null where it is not known.</param>
    public async Task KeepAsync(long? targetLength)
    {
        if (target is null || targetLength is not { } length)
        {
            Fail("The target can't be told from others.");
            return;
        }

        try
        {
            await DistrustAsync(CancellationToken.None);
            var runs = Extents is null ? 1 : mark!.Runs + 1;
            await history.KeepAsync(new IncrementalMark(owner, origin.Uuid, target, origin.Length, length, runs, history.Position).Tag);
        }
        catch (LvmException exception)
        {
            Fail(exception.Message);
        }
    }

    private void Fail(string reason)
    {
        AddRemark($"The snapshot for the next run could not be kept. {reason}");
        logger.SnapshotNotKept(reason);
    }

    private void AddRemark(string remark) => Remarks = $"{Remarks} {remark}".TrimStart();

    private async Task FindChangesAsync(SyncTask task, int fullCompareEvery, CancellationToken cancellationToken)
    {
        if (FindDoubt(task, fullCompareEvery) is { } doubt)
        {
            CompareEverything(doubt);
            return;
        }

        try
        {
            mark = marks[0].Mark;
            Extents = await history.FindAsync(mark, cancellationToken);
            ChangedBytes = Extents.Sum(extent => Math.Max(Math.Min(extent.End, origin.Length) - extent.Offset, 0));
            logger.ComparingChanges(new(ChangedBytes.Value), new(origin.Length));
        }
        catch (BdSyncException exception)
        {
            CompareEverything(exception.Message);
        }
    }

    private string? FindDoubt(SyncTask task, int fullCompareEvery) => task.Client.Checksum is not null ? "--checksum is over the whole source."
        : history.FindDoubt() ?? marks switch
        {
            [] => "the run before did not come to a good end, or there was none.",
            [_, _, ..] => "there are several marks of runs before.",
            [var (holder, _)] when holder != history.Holder?.FullName => "the run before has found changes in another way.",
            [var (_, only)] when only.Origin != origin.Uuid || origin.Uuid.Length == 0 => "the mark of the run before is of another volume.",
            [var (_, only)] when only.Target != target => "the target is not the one of the run before.",
            [var (_, only)] when only.SourceLength != origin.Length => "the source's size has changed.",
            [var (_, only)] when only.Runs >= fullCompareEvery => $"every {fullCompareEvery} runs (full_compare_every).",
            [var (_, only)] => history.FindDoubt(only),
        };

    private static IEnumerable<(VolumeName Holder, IncrementalMark Mark)> ReadMarks(LogicalVolume? volume) =>
        volume is null ? [] : volume.Tags.Select(IncrementalMark.TryParse).OfType<IncrementalMark>().Select(mark => (volume.FullName, mark));

    // Of this task and of this volume: where a task gets another source, nothing of the old one's is in its way.
    private static string GetKeptName(string taskName, string originUuid) => $"bdsync-kept-{TargetIdentity.Hash($"{taskName}\n{originUuid}")[..24]}";
}
