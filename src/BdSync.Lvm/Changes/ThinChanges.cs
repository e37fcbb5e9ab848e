using BdSync.Protocol;

namespace BdSync.Lvm.Changes;

/// <summary>Asks a thin pool's metadata where two of its volumes differ. Needs dmsetup(8), and thin_delta(8) of the thin-provisioning-tools.</summary>
public static class ThinChanges
{
    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Finds what differs. Nothing may write to either volume meanwhile: two snapshots that are read-only are best.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="first">A thin volume.</param>
    /// <param name="second">Another one in the same pool. One of the two has to be active.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The extents that may differ, in bytes, in ascending order; all others are equal. The last may go beyond the volumes' end.</returns>
    /// <exception cref="LvmException">
    /// They are not in one pool, a program is missing or fails, what it says can't be understood, or somebody else has used the pool's metadata snapshot meanwhile.
    /// </exception>
    public static async Task<IReadOnlyList<Extent>> FindAsync(LvmTool tool, LogicalVolume first, LogicalVolume second, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.ThinDeviceId is not { } firstId || second.ThinDeviceId is not { } secondId || first.Pool is not { } poolName || second.Pool != poolName || first.FullName.Group != second.FullName.Group)
        {
            throw new LvmException($"Where {first.FullName} and {second.FullName} differ can't be asked for: they are no thin volumes of one pool.");
        }

        var pool = new ThinPoolDevice(tool, new(first.FullName.Group, poolName));
        using var held = await LockAsync(pool, tool.TimeLimit, cancellationToken).ConfigureAwait(false);
        if (await pool.ReadMetadataSnapshotAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            // Whoever works like this has the lock: a run was killed.
            await pool.ReleaseAsync().ConfigureAwait(false);
        }

        try
        {
            await pool.ReserveAsync(cancellationToken).ConfigureAwait(false);
            var reserved = await pool.ReadMetadataSnapshotAsync(cancellationToken).ConfigureAwait(false);
            var changed = await pool.CompareAsync(firstId, secondId, cancellationToken).ConfigureAwait(false);
            return reserved is not null && await pool.ReadMetadataSnapshotAsync(cancellationToken).ConfigureAwait(false) == reserved
                ? changed
                : throw new LvmException($"The metadata snapshot of the thin pool {pool.Name} is not the one that was reserved: somebody else uses it.");
        }
        finally
        {
            await pool.TryReleaseAsync().ConfigureAwait(false);
        }
    }

    // A pool has room for one metadata snapshot. FileShare.None is flock(2) with LOCK_EX | LOCK_NB, which works on devices, too; the system lets go of it when this program ends.
    private static async Task<IDisposable> LockAsync(ThinPoolDevice pool, TimeSpan limit, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += LockInterval)
        {
            try
            {
                return File.OpenHandle(pool.MetadataPath, FileMode.Open, FileAccess.Read, FileShare.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                if (!File.Exists(pool.MetadataPath) || exception is UnauthorizedAccessException || waited >= limit)
                {
                    throw new LvmException($"The metadata of the thin pool {pool.Name} can't be used: {exception.Message}", exception);
                }
            }

            await Task.Delay(LockInterval, cancellationToken).ConfigureAwait(false);
        }
    }
}
