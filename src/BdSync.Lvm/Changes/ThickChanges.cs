using BdSync.Protocol;
using BdSync.Protocol.Devices;

namespace BdSync.Lvm.Changes;

/// <summary>Asks a thick snapshot's exception table what has been written to its origin since it was taken.</summary>
public static class ThickChanges
{
    /// <summary>Finds what has been written. The kernel notes a chunk in the table, on disk, before a write to it goes on: whatever a later snapshot of the origin has is in the table by then.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="snapshot">An active thick snapshot that nobody has written to.</param>
    /// <param name="cancellationToken">Ends the work between questions to LVM.</param>
    /// <returns>The extents of the origin that may have changed, in bytes, in the order in which they were written first.</returns>
    /// <exception cref="LvmException">It is no thick snapshot, is inactive, or has overflowed: what its table says is of no use then.</exception>
    /// <exception cref="BdSyncException">The table can't be read.</exception>
    public static async Task<IReadOnlyList<Extent>> FindAsync(LvmTool tool, LogicalVolume snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(snapshot);
        Check(snapshot);
        var path = snapshot.FullName.MapperPath + "-cow";

        // The kernel writes the table past the page cache.
        using var store = LocalDevice.Open(path, direct: true);
        var extents = await Task.Run(() => SnapshotExceptions.Read(store), cancellationToken).ConfigureAwait(false);

        // Once it overflows, the kernel notes nothing any more.
        var current = await tool.GetVolumeAsync(snapshot.FullName, cancellationToken).ConfigureAwait(false);
        Check(current);
        return current.Uuid == snapshot.Uuid ? extents : throw new LvmException($"The snapshot {snapshot.FullName} has been replaced by another volume.");
    }

    private static void Check(LogicalVolume snapshot)
    {
        var fault = snapshot switch
        {
            { Kind: not LogicalVolumeKind.Snapshot } => "it is no thick snapshot",
            { IsInvalid: true } => "it has overflowed",
            { IsMerging: true } => "it is being merged into its origin",
            { IsActive: false } => "it is not active",
            { Health.Length: > 0 } => $"it is broken, LVM says '{snapshot.Health}'",
            _ => null,
        };
        if (fault is not null)
        {
            throw new LvmException($"The snapshot {snapshot.FullName} can't say what has changed: {fault}.");
        }
    }
}
