namespace BdSync.Lvm;

/// <summary>How a snapshot is taken and looked after.</summary>
public sealed record SnapshotOptions
{
    /// <summary>The tag that every snapshot of this library has.</summary>
    public const string OurTag = "bdsync";

    /// <summary>The name of the new volume; default <c>bdsync-snapshot</c>.</summary>
    public string Name { get; init; } = "bdsync-snapshot";

    /// <summary>
    /// The room for changes as <c>lvcreate --size</c> takes it (<c>5G</c>; without a unit, MiB), or a part of the origin's size such as <c>10%ORIGIN</c>. Needed for
    /// thick volumes; thin ones need none and pass over it.
    /// </summary>
    public string? Size { get; init; }

    /// <summary>Whom the snapshot is for, such as a task's name; any text. A second tag has it: <c>bdsync.task=OWNER</c>. Only the same owner takes back what a killed run left.</summary>
    public string Owner { get; init; } = "";

    /// <summary>From how many percent on a warning says that it is filling; default 80.</summary>
    public double WarnPercent { get; init; } = 80;

    /// <summary>How often <see cref="Snapshot.WatchAsync"/> looks; default 10 s.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the removal is tried while somebody has the snapshot open; default 1 min.</summary>
    public TimeSpan RemovalLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The tags by which a snapshot is known as one of this owner.</summary>
    internal IReadOnlyList<string> Tags => Owner.Length == 0 ? [OurTag] : [OurTag, NameRules.MakeTag("bdsync.task=", Owner)];
}
