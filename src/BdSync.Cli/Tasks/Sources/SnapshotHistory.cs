using BdSync.Lvm;
using BdSync.Lvm.Changes;
using BdSync.Protocol;

namespace BdSync.Cli.Tasks.Sources;

/// <summary>
/// The last run has kept its snapshot. Where that is thin, the pool's metadata says where the new one differs from it; where it is thick, its exception table says what has been written to the
/// source since. Then the new one is kept in its place.
/// </summary>
/// <param name="tool">LVM.</param>
/// <param name="current">The snapshot of this run.</param>
/// <param name="previous">The one that was kept; null for none.</param>
/// <param name="keptName">The name of snapshots that are kept.</param>
internal sealed class SnapshotHistory(LvmTool tool, Snapshot current, Snapshot? previous, string keptName) : ChangeHistory
{
    public override LogicalVolume? Holder => previous?.Volume;

    public override string Position => "";

    private bool IsThin => current.Volume.ThinDeviceId is not null;

    public override string? FindDoubt() => previous?.Volume switch
    {
        null => "no snapshot of a run before is kept.",
        { IsInvalid: true } => "the kept snapshot has overflowed: lvm_snapshot_size is too small for what is written between two runs.",
        { IsReadOnly: false } => "the kept snapshot can be written to.",
        var kept when kept.ThinDeviceId is not null != IsThin => "the kept snapshot is of another kind.",
        { Kind: LogicalVolumeKind.Snapshot } => null,
        var kept when kept.Length != current.Volume.Length => "the source's size has changed.",
        _ => null,
    };

    public override string? FindDoubt(IncrementalMark mark) => null;

    public override Task<IReadOnlyList<Extent>> FindAsync(IncrementalMark mark, CancellationToken cancellationToken) => IsThin
        ? ThinChanges.FindAsync(tool, previous!.Volume, current.Volume, cancellationToken)
        : ThickChanges.FindAsync(tool, previous!.Volume, cancellationToken);

    public override async Task KeepAsync(string tag)
    {
        await (previous?.RemoveAsync(CancellationToken.None) ?? Task.CompletedTask);
        await current.KeepAsync(keptName, tag);
    }
}
