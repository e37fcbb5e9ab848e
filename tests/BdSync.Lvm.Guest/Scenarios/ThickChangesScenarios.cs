using BdSync.Lvm.Changes;

namespace BdSync.Lvm.Guest.Scenarios;

/// <summary>What the exception table of a thick snapshot says of its origin.</summary>
internal static class ThickChangesScenarios
{
    private static readonly SnapshotOptions Options = new() { Owner = "thick-changes", Size = "8m" };

    public static async Task All_changes_are_named_and_an_untouched_origin_has_none(Machine machine)
    {
        var origin = await machine.CreateThickAsync("tchanges", megabytes: 8);
        for (var seed = 1; seed <= 5; seed++)
        {
            await using var first = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "tchanges-first" });
            Assert.Empty(await ThickChanges.FindAsync(machine.Tool, first.Volume));

            ChangeCheck.WriteRandomly(origin.Path, new Random(seed));
            await using var second = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "tchanges-second" });
            ChangeCheck.AssertNamed($"seed {seed}", await ThickChanges.FindAsync(machine.Tool, first.Volume), Machine.Read(first.Path), Machine.Read(second.Path));
        }
    }

    public static async Task Overflowed_table_is_not_trusted(Machine machine)
    {
        var origin = await machine.CreateThickAsync("toverflow", megabytes: 8);
        await using var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "toverflow-snapshot", Size = "4m" });
        Machine.Fill(origin.Path, 6 * Machine.Megabyte);

        // As it was before, and as LVM has it now.
        var exception = await Assert.ThrowsAnyAsync<Protocol.BdSyncException>(() => ThickChanges.FindAsync(machine.Tool, snapshot.Volume));
        Assert.Matches("overflowed|no longer valid", exception.Message);
        var current = await machine.Tool.GetVolumeAsync(snapshot.Volume.FullName);
        Assert.True(current.IsInvalid);
        await Assert.ThrowsAsync<LvmException>(() => ThickChanges.FindAsync(machine.Tool, current));
        await Assert.ThrowsAsync<LvmException>(() => ThickChanges.FindAsync(machine.Tool, origin));
    }

    public static async Task Kept_snapshot_stays_active(Machine machine)
    {
        var origin = await machine.CreateThickAsync("tkept", megabytes: 8);
        await using (var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "tkept-new" }))
        {
            await snapshot.KeepAsync("tkept-old", "bdsync.mark=1");
        }

        Machine.Fill(origin.Path, Machine.Megabyte);
        var found = await Snapshot.FindAsync(machine.Tool, origin, Options with { Name = "tkept-old" });
        Assert.True(found!.Volume.IsActive);
        var extents = await ThickChanges.FindAsync(machine.Tool, found.Volume);
        Assert.Equal(Machine.Megabyte, extents.Sum(extent => extent.Length));
        await found.RemoveAsync();
        Assert.Null(await Machine.FindUuidAsync("vg0/tkept-old"));
    }
}
