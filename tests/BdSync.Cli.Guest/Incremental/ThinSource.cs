using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Incremental;

/// <summary>A thin volume: the pool knows what has changed since the snapshot that the last run has kept.</summary>
public sealed class ThinSource : SnapshotSource
{
    private ThinSource(string name)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override string Settings => "lvm_snapshot_enabled = yes";

    /// <summary>Makes one, half of it empty.</summary>
    public static async Task<IncrementalSource> CreateAsync(string name)
    {
        await Machine.LvmAsync("lvcreate", "--yes", "--thin", "--virtualsize", $"{Length}b", "--name", name, $"{TaskMachine.Group}/{Machine.Pool}");
        var source = new ThinSource(name);
        Machine.Fill(source.Path, Length / 2);
        return source;
    }

    /// <inheritdoc/>
    public override async Task DiscardAsync(int first, int count) =>
        await TaskMachine.ShellAsync($"blkdiscard --offset {first * Block} --length {count * Block} {Path}");
}
