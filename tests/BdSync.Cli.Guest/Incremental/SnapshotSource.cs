using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Incremental;

/// <summary>A volume whose snapshot the last run has kept.</summary>
/// <param name="name">Its name.</param>
public abstract class SnapshotSource(string name) : IncrementalSource($"/dev/{TaskMachine.Group}/{name}", $"/dev/{TaskMachine.Group}/{name}")
{
    /// <inheritdoc/>
    public override string NothingKept => "no snapshot of a run before is kept.";

    /// <inheritdoc/>
    public override async Task AssertKeptAsync() => await FindKeptAsync();

    /// <inheritdoc/>
    public override async Task ForgetAsync() => await Machine.LvmAsync("lvremove", "--yes", $"{TaskMachine.Group}/{await FindKeptAsync()}");

    // One snapshot in all, and it is the program's.
    private async Task<string> FindKeptAsync()
    {
        var kept = Assert.Single(await TaskMachine.ListSnapshotsAsync(TaskMachine.Group, $"origin=\"{name}\""));
        Assert.StartsWith("bdsync-kept-", kept, StringComparison.Ordinal);
        return kept;
    }
}
