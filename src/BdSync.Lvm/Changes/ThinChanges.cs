using System.Globalization;
using BdSync.Protocol;

namespace BdSync.Lvm.Changes;

/// <summary>Asks a thin pool's metadata where two of its volumes differ. Needs dmsetup(8), and thin_delta(8) of the thin-provisioning-tools.</summary>
public static class ThinChanges
{
    /// <summary>Finds what differs. Nothing may write to either volume meanwhile: two snapshots that are read-only are best.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="first">A thin volume.</param>
    /// <param name="second">Another one in the same pool. One of the two has to be active.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The extents that may differ, in bytes, in ascending order; all others are equal. The last may go beyond the volumes' end.</returns>
    /// <exception cref="LvmException">
    /// They are not in one pool, a program is missing or fails, what it says can't be understood, or somebody else has used the pool's metadata snapshot meanwhile.
    /// </exception>
    public static Task<IReadOnlyList<Extent>> FindAsync(LvmTool tool, LogicalVolume first, LogicalVolume second, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.ThinDeviceId is not { } firstId || second.ThinDeviceId is not { } secondId || first.Pool is not { } poolName || second.Pool != poolName || first.FullName.Group != second.FullName.Group)
        {
            throw new LvmException($"Where {first.FullName} and {second.FullName} differ can't be asked for: they are no thin volumes of one pool.");
        }

        var pool = new VolumeName(first.FullName.Group, poolName);
        var metadata = new VolumeName(pool.Group, pool.Name + "_tmeta");
        var snapshot = new MetadataSnapshot(tool, MetadataKind.ThinPool, pool.MapperPath + "-tpool", metadata.MapperPath, $"the thin pool {pool}");

        // --metadata-snap may have a number behind it, and takes the next word for that unless it is an option.
        return snapshot.ReadAsync("thin_delta", _ => ["--metadata-snap", "--thin1", Format(firstId), "--thin2", Format(secondId)], ThinDelta.Read, cancellationToken);
    }

    private static string Format(long number) => number.ToString(CultureInfo.InvariantCulture);
}
