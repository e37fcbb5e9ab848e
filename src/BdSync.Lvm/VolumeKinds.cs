namespace BdSync.Lvm;

/// <summary>Tells a volume's kind from the first of its attribute bits (lvs(8), "NOTES") and its roles.</summary>
internal static class VolumeKinds
{
    /// <summary>Reads the kind.</summary>
    /// <param name="type">The first bit.</param>
    /// <param name="isHidden">Whether LVM shows it only when asked for all.</param>
    /// <param name="roles">The field lv_role; empty where a report lacks it.</param>
    /// <param name="hasOrigin">Whether it is a snapshot of something, or thin over another volume.</param>
    public static LogicalVolumeKind Read(char type, bool isHidden, string[] roles, bool hasOrigin) => type switch
    {
        _ when isHidden => LogicalVolumeKind.Internal,
        't' => LogicalVolumeKind.ThinPool,
        _ when roles.Contains("private") => LogicalVolumeKind.Internal,
        's' or 'S' => LogicalVolumeKind.Snapshot,

        // A thin volume over another one that only is read (an external origin) is no snapshot that LVM calls so.
        'V' => hasOrigin && (roles.Length == 0 || roles.Contains("thinsnapshot")) ? LogicalVolumeKind.ThinSnapshot : LogicalVolumeKind.Thin,

        // Plain, origin, mirror, raid, cached, virtual (of VDO).
        '-' or 'o' or 'O' or 'm' or 'M' or 'r' or 'R' or 'C' or 'v' => LogicalVolumeKind.Thick,
        _ => LogicalVolumeKind.Internal,
    };
}
