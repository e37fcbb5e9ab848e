using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Incremental;

/// <summary>A thin volume: the pool knows what has changed since the snapshot that the last run has kept.</summary>
public sealed class ThinSource : IncrementalSource
{
    private readonly string name;

    private ThinSource(string name)
        : base($"/dev/{TaskMachine.Group}/{name}") => this.name = name;

    /// <inheritdoc/>
    public override string Settings => "lvm_snapshot_enabled = yes";

    /// <inheritdoc/>
    public override string NothingKept => "no snapshot of a run before is kept.";

    /// <summary>Makes one, half of it empty.</summary>
    public static async Task<IncrementalSource> CreateAsync(string name)
    {
        await Machine.LvmAsync("lvcreate", "--yes", "--thin", "--virtualsize", $"{Length}b", "--name", name, $"{TaskMachine.Group}/{Machine.Pool}");
        var source = new ThinSource(name);
        Machine.Fill(source.Path, Length / 2);
        return source;
    }

    /// <inheritdoc/>
    public override async Task AssertKeptAsync() => await FindKeptAsync();

    /// <inheritdoc/>
    public override async Task ForgetAsync() => await Machine.LvmAsync("lvremove", "--yes", $"{TaskMachine.Group}/{await FindKeptAsync()}");

    /// <inheritdoc/>
    public override async Task DiscardAsync(int first, int count) =>
        await TaskMachine.ShellAsync($"blkdiscard --offset {first * Block} --length {count * Block} {Path}");

    // One snapshot in all, and it is the program's.
    private async Task<string> FindKeptAsync()
    {
        var kept = Assert.Single(await TaskMachine.ListSnapshotsAsync(TaskMachine.Group, $"origin=\"{name}\""));
        Assert.StartsWith("bdsync-kept-", kept, StringComparison.Ordinal);
        return kept;
    }
}
