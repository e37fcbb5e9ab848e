using BdSync.Lvm;
using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>What knows where the source has changed since a task's last run.</summary>
internal abstract class ChangeHistory
{
    /// <summary>The volume that has the mark of the last run among its tags; null where there is none.</summary>
    public abstract LogicalVolume? Holder { get; }

    /// <summary>What a mark of this run says for the history to go on from; without a colon.</summary>
    public abstract string Position { get; }

    /// <summary>Why nothing can be said of what has changed, as a clause with a stop, whatever the mark says; null for no reason.</summary>
    public abstract string? FindDoubt();

    /// <summary>The same with regard to the mark.</summary>
    public abstract string? FindDoubt(IncrementalMark mark);

    /// <summary>Finds what has changed since the run that has left the mark.</summary>
    /// <returns>Extents in bytes, in any order.</returns>
    /// <exception cref="BdSyncException">It can't be found out.</exception>
    public abstract Task<IReadOnlyList<Extent>> FindAsync(IncrementalMark mark, CancellationToken cancellationToken);

    /// <summary>Has the next run go on from this one, which has made the target equal to the source.</summary>
    /// <param name="tag">The mark.</param>
    /// <exception cref="LvmException">LVM fails.</exception>
    public abstract Task KeepAsync(string tag);
}
