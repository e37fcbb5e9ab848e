namespace BdSync.Cli.Tasks;

/// <summary>The snapshot that a task reads instead of its source. Immutable.</summary>
/// <param name="SnapshotSize">As <c>lvcreate --size</c> takes it, or a part of the source such as <c>10%ORIGIN</c>; null where the source is thin and needs none.</param>
/// <param name="SnapshotName">The name of the new volume.</param>
/// <param name="ProgramPath">The lvm program.</param>
internal sealed record LvmSettings(string? SnapshotSize, string SnapshotName, string ProgramPath)
{
    /// <summary>Whether all snapshots of a run in one volume group are taken before the first of them is read.</summary>
    public bool Together { get; init; }

    /// <summary>Whether only what has changed since the last run is compared.</summary>
    public bool IsIncremental { get; init; }

    /// <summary>The device of dm-era above the source, which says what has changed; null where snapshots do.</summary>
    public string? EraDevice { get; init; }

    /// <summary>With this many runs one compares everything: 1 to 1000; 1 for all of them.</summary>
    public int FullCompareEvery { get; init; } = 7;
}
