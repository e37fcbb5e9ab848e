using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Incremental;

/// <summary>A thick volume below a device of dm-era, which is what is written to. Nothing is kept but a mark on the volume.</summary>
public sealed class EraSource : IncrementalSource
{
    private readonly string name;

    private EraSource(string name)
        : base($"/dev/{TaskMachine.Group}/{name}", $"/dev/mapper/{name}-era") => this.name = name;

    /// <inheritdoc/>
    public override string Settings => $"lvm_snapshot_enabled = yes\nlvm_snapshot_size = 8m\nlvm_era_device = {UsedPath}";

    /// <inheritdoc/>
    public override string NothingKept => "the run before did not come to a good end, or there was none.";

    /// <summary>Makes one, and the device above it.</summary>
    public static async Task<IncrementalSource> CreateAsync(string name)
    {
        var volume = await TaskMachine.CreateEmptyAsync(TaskMachine.Group, name, Length / Machine.Megabyte);
        var metadata = await TaskMachine.CreateEmptyAsync(TaskMachine.Group, $"{name}-meta", 4);
        await TaskMachine.ShellAsync($"dmsetup create {name}-era --table '0 {Length / 512} era {metadata} {volume} 128'");
        var source = new EraSource(name);
        Machine.Fill(source.UsedPath, Length / 2);
        return source;
    }

    /// <inheritdoc/>
    public override async Task AssertKeptAsync()
    {
        Assert.Single(await ReadMarksAsync());
        Assert.Empty(await TaskMachine.ListSnapshotsAsync(TaskMachine.Group, $"origin=\"{name}\""));
    }

    /// <inheritdoc/>
    public override async Task ForgetAsync() => await Machine.LvmAsync("lvchange", "--deltag", Assert.Single(await ReadMarksAsync()), $"{TaskMachine.Group}/{name}");

    private async Task<string[]> ReadMarksAsync() =>
        [.. (await Machine.LvmAsync("lvs", "--noheadings", "--options", "lv_tags", $"{TaskMachine.Group}/{name}")).Trim().Split(',').Where(tag => tag.StartsWith("bdsync.synced=", StringComparison.Ordinal))];
}
