namespace BdSync.Lvm;

/// <summary>What a logical volume is for.</summary>
public enum LogicalVolumeKind
{
    /// <summary>Data with a place of its own in the group: linear, striped, RAID, cached, VDO.</summary>
    Thick,

    /// <summary>Data whose place comes from a pool when it is written.</summary>
    Thin,

    /// <summary>The pool of thin volumes.</summary>
    ThinPool,

    /// <summary>A snapshot with a size of its own: it becomes invalid when that is used up.</summary>
    Snapshot,

    /// <summary>A thin volume that was taken as a snapshot of another.</summary>
    ThinSnapshot,

    /// <summary>LVM's own: a pool's or mirror's parts, other pools, what is being moved.</summary>
    Internal,
}
