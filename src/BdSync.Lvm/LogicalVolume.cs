namespace BdSync.Lvm;

/// <summary>A logical volume as LVM described it at one moment.</summary>
/// <param name="FullName">Its group's name and its own.</param>
/// <param name="Length">Its size in bytes. That of a <see cref="LogicalVolumeKind.Snapshot"/> is the room for changes; what can be read is as long as the origin.</param>
/// <param name="Kind">What it is for.</param>
public sealed record LogicalVolume(VolumeName FullName, long Length, LogicalVolumeKind Kind)
{
    /// <summary>What LVM tells it by, whatever its name is; empty where a report lacks it.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The device of an active volume: <c>/dev/VG/LV</c>.</summary>
    public string Path => FullName.Path;

    /// <summary>The name of the volume in the same group that this is a snapshot of, or thin over; null for none.</summary>
    public string? Origin { get; init; }

    /// <summary>The name of the pool that a thin volume or one of VDO is in; null for none.</summary>
    public string? Pool { get; init; }

    /// <summary>Its tags, in LVM's order.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether it can be read, as far as LVM knows.</summary>
    public bool IsActive { get; init; }

    /// <summary>Whether somebody has its device open, a mount included, when LVM looks; null where that is not known.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Whether LVM lets nobody write to it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>How much of a snapshot's room for changes, or of a pool's, is used: 0 to 100; null where that is not known.</summary>
    public double? UsedPercent { get; init; }

    /// <summary>How much of a pool's room for metadata is used: 0 to 100; null where that is not known.</summary>
    public double? MetadataPercent { get; init; }

    /// <summary>Whether a snapshot has overflowed, or broke otherwise: nothing in it can be trusted.</summary>
    public bool IsInvalid { get; init; }

    /// <summary>Whether a snapshot is being merged into its origin.</summary>
    public bool IsMerging { get; init; }

    /// <summary>What LVM says where something is wrong: <c>failed</c>, <c>out_of_data</c>, <c>metadata_read_only</c>, <c>partial</c>, …; else empty.</summary>
    public string Health { get; init; } = "";

    /// <summary>A thin volume's number in its pool, as thin_delta takes it; null for others.</summary>
    public long? ThinDeviceId { get; init; }

    /// <summary>The size of a snapshot's or pool's chunk in bytes; null for others.</summary>
    public long? ChunkLength { get; init; }

    /// <summary>Makes the volume larger, or with <paramref name="allowShrink"/> smaller, rounded up to extents. Nothing is done where it has that size.</summary>
    /// <param name="tool">LVM.</param>
    /// <param name="length">The size that is needed, in bytes; over 0.</param>
    /// <param name="allowShrink">Let it become smaller. What lies behind the new end is lost.</param>
    /// <param name="cancellationToken">Ends the work before LVM is asked to change something, not in the middle.</param>
    /// <returns>The volume as it is now: of the size that was asked for, or up to an extent more; a striped one up to an extent per stripe.</returns>
    /// <exception cref="LvmException">It would have to shrink, there is not enough room, or LVM fails.</exception>
    public async Task<LogicalVolume> ResizeAsync(LvmTool tool, long length, bool allowShrink = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var group = await tool.GetVolumeGroupAsync(FullName.Group, cancellationToken).ConfigureAwait(false);
        var current = await tool.GetVolumeAsync(FullName, cancellationToken).ConfigureAwait(false);
        if (group.RoundUp(length) < current.Length && !allowShrink)
        {
            throw new LvmException($"The volume {FullName} has {current.Length} bytes and would have to shrink to {group.RoundUp(length)}, which is not allowed.");
        }

        var version = await tool.RunAsync(LvmCommands.GetVersion(), cancellationToken).ConfigureAwait(false);
        if (LvmCommands.TryResizeVolume(group, current, length, version) is { } command)
        {
            await tool.RunAsync(command, cancellationToken).ConfigureAwait(false);
            current = await tool.GetVolumeAsync(FullName, CancellationToken.None).ConfigureAwait(false);
        }

        return current;
    }
}
