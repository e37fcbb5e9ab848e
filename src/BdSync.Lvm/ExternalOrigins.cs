namespace BdSync.Lvm;

/// <summary>
/// Thin volumes that lie over a volume outside of their pool, which only is read (lvmthin(7), "external origin"): they are no snapshots, though LVM
/// calls them so, at least from 2.02.187 on. They can be told apart only where the report has the other volume.
/// </summary>
internal static class ExternalOrigins
{
    /// <summary>Gives such volumes their kind.</summary>
    /// <param name="volumes">All of a report.</param>
    public static IReadOnlyList<LogicalVolume> Tell(List<LogicalVolume> volumes)
    {
        var pools = new Dictionary<VolumeName, string?>();
        foreach (var volume in volumes)
        {
            pools[volume.FullName] = volume.Pool;
        }

        return volumes.ConvertAll(volume => IsOverOther(volume, pools) ? volume with { Kind = LogicalVolumeKind.Thin } : volume);
    }

    private static bool IsOverOther(LogicalVolume volume, Dictionary<VolumeName, string?> pools) =>
        volume is { Kind: LogicalVolumeKind.ThinSnapshot, Origin: { } origin }
        && NameRules.IsValid(origin)
        && pools.TryGetValue(new(volume.FullName.Group, origin), out var pool)
        && pool != volume.Pool;
}
