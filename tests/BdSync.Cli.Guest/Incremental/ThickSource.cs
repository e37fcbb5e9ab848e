using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Incremental;

/// <summary>A thick volume: the snapshot that the last run has kept says what has been written since.</summary>
public sealed class ThickSource : SnapshotSource
{
    private ThickSource(string name)
        : base(name)
    {
    }

    /// <inheritdoc/>
    public override string Settings => "lvm_snapshot_enabled = yes\nlvm_snapshot_size = 8m";

    /// <summary>Makes one, half of it empty.</summary>
    public static async Task<IncrementalSource> CreateAsync(string name)
    {
        await TaskMachine.CreateEmptyAsync(TaskMachine.Group, name, Length / Machine.Megabyte);
        var source = new ThickSource(name);
        Machine.Fill(source.Path, Length / 2);
        return source;
    }
}
