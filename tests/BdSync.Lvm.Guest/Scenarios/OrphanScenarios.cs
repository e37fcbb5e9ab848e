namespace BdSync.Lvm.Guest.Scenarios;

/// <summary>Kept snapshots of volumes that are there no more.</summary>
internal static class OrphanScenarios
{
    private static readonly SnapshotOptions Options = new() { Owner = "orphans" };

    public static async Task Snapshot_whose_origin_is_gone_is_removed_and_no_other(Machine machine)
    {
        var gone = await machine.CreateThinAsync("orphan-gone");
        var present = await machine.CreateThinAsync("orphan-present");
        await KeepAsync(machine, gone, "orphan-1", Options);
        await KeepAsync(machine, present, "orphan-2", Options);
        await KeepAsync(machine, gone, "orphan-3", Options with { Owner = "another" });
        await Machine.LvmAsync("lvremove", "--force", "vg0/orphan-gone");
        await machine.CreateThinAsync("orphan-gone");
        await Snapshot.RemoveOrphansAsync(machine.Tool, Machine.Group, "orphans", machine.Log);
        Assert.Null(await Machine.FindUuidAsync("vg0/orphan-1"));
        Assert.NotNull(await Machine.FindUuidAsync("vg0/orphan-2"));
        Assert.NotNull(await Machine.FindUuidAsync("vg0/orphan-3"));
        Assert.NotNull(await Machine.FindUuidAsync("vg0/orphan-gone"));
        await Machine.LvmAsync("lvremove", "--force", "vg0/orphan-2", "vg0/orphan-3");
    }

    private static async Task KeepAsync(Machine machine, LogicalVolume origin, string name, SnapshotOptions options)
    {
        await using var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, options with { Name = "orphan-new" });
        await snapshot.KeepAsync(name, "bdsync.mark=1");
    }
}
