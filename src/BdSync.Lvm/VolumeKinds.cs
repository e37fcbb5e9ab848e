namespace BdSync.Lvm;

/// <summary>Tells a volume's kind from its attribute bits (lvs(8), "NOTES") and its roles.</summary>
internal static class VolumeKinds
{
    /// <summary>Reads the kind.</summary>
    /// <param name="attributes">The field lv_attr: at least one bit.</param>
    /// <param name="isHidden">Whether LVM shows it only when asked for all.</param>
    /// <param name="roles">The field lv_role; empty where a report lacks it.</param>
    /// <param name="hasOrigin">Whether it is a snapshot of something, or thin over another volume.</param>
    public static LogicalVolumeKind Read(string attributes, bool isHidden, string[] roles, bool hasOrigin) => attributes[0] switch
    {
        _ when isHidden => LogicalVolumeKind.Internal,
        't' => LogicalVolumeKind.ThinPool,
        _ when roles.Contains("private") => LogicalVolumeKind.Internal,

        // A thin volume over another one that only is read (an external origin) is no snapshot that LVM calls so.
        _ when IsThin(attributes) => hasOrigin && (roles.Length == 0 || roles.Contains("thinsnapshot")) ? LogicalVolumeKind.ThinSnapshot : LogicalVolumeKind.Thin,
        's' or 'S' => LogicalVolumeKind.Snapshot,

        // Plain, origin, mirror, raid, cached, virtual (of VDO).
        '-' or 'o' or 'O' or 'm' or 'M' or 'r' or 'R' or 'C' or 'v' => LogicalVolumeKind.Thick,
        _ => LogicalVolumeKind.Internal,
    };

    /// <summary>Whether its place comes from a pool that users know: that of thin volumes, or VDO's. A cache's pool is LVM's own.</summary>
    /// <param name="attributes">The field lv_attr.</param>
    public static bool IsPooled(string attributes) => IsThin(attributes) || attributes[0] == 'v' || attributes is [_, _, _, _, _, _, 'v', ..];

    // The seventh bit is the target's type. The first says that a volume is thin only where it is not the origin of a thick snapshot, or of one that is being merged.
    private static bool IsThin(string attributes) => attributes[0] == 'V' || attributes is [not 't', _, _, _, _, _, 't', ..];
}
