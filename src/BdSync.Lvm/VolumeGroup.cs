namespace BdSync.Lvm;

/// <summary>A volume group as LVM described it at one moment.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ExtentLength">The size of its physical extents in bytes: volumes are multiples of it.</param>
/// <param name="FreeLength">How much of it no volume has, in bytes.</param>
public sealed record VolumeGroup(string Name, long ExtentLength, long FreeLength)
{
    /// <summary>A size rounded up to whole extents.</summary>
    /// <param name="length">A size in bytes; over 0.</param>
    /// <exception cref="LvmException">The result would be larger than any device.</exception>
    public long RoundUp(long length) => checked(CountExtents(length) * ExtentLength);

    /// <summary>Lists the volumes that have data of their own: no pools, no snapshots, nothing internal; in the order of their names (ordinal).</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="LvmException">LVM fails, or the group is gone.</exception>
    public async Task<IReadOnlyList<LogicalVolume>> GetVolumesAsync(LvmTool tool, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var volumes = await tool.RunAsync(LvmCommands.ListVolumes(Name), cancellationToken).ConfigureAwait(false);
        return [.. volumes.Where(volume => volume.Kind is LogicalVolumeKind.Thick or LogicalVolumeKind.Thin).OrderBy(volume => volume.FullName.Name, StringComparer.Ordinal)];
    }

    /// <summary>Creates a thick volume, rounded up to extents.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="name">Its name, which must be free.</param>
    /// <param name="length">The size that is needed, in bytes; over 0.</param>
    /// <param name="cancellationToken">Ends the work before LVM is asked to change something, not in the middle.</param>
    /// <returns>The volume: of the size that was asked for, or up to an extent more.</returns>
    /// <exception cref="LvmException">The name is taken or no name, there is not enough room, or LVM fails.</exception>
    public async Task<LogicalVolume> CreateVolumeAsync(LvmTool tool, string name, long length, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        await tool.RunAsync(LvmCommands.CreateVolume(this, name, length), cancellationToken).ConfigureAwait(false);
        return await tool.GetVolumeAsync(new VolumeName(Name, name), CancellationToken.None).ConfigureAwait(false);
    }

    internal long CountExtents(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        var count = ((length - 1) / ExtentLength) + 1;
        return count <= long.MaxValue / ExtentLength
            ? count
            : throw new LvmException($"{length} bytes can't be rounded up to extents of {ExtentLength} bytes.");
    }
}
