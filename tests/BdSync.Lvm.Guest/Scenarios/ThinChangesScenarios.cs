using BdSync.Lvm.Changes;

namespace BdSync.Lvm.Guest.Scenarios;

/// <summary>What a pool's metadata says of its volumes.</summary>
internal static class ThinChangesScenarios
{
    private static readonly SnapshotOptions Options = new() { Owner = "changes" };

    public static async Task All_changes_are_named_and_equal_volumes_have_none(Machine machine)
    {
        var origin = await machine.CreateThinAsync("changes", megabytes: 8);
        for (var seed = 1; seed <= 5; seed++)
        {
            await using var first = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "changes-first" });
            await using var equal = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "changes-equal" });
            Assert.Empty(await ThinChanges.FindAsync(machine.Tool, first.Volume, equal.Volume));

            ChangeCheck.WriteRandomly(origin.Path, new Random(seed));
            await using var second = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "changes-second" });
            var extents = await ThinChanges.FindAsync(machine.Tool, first.Volume, second.Volume);
            ChangeCheck.AssertNamed($"seed {seed}", extents, Machine.Read(first.Path), Machine.Read(second.Path));
        }
    }

    public static async Task Reservation_of_a_killed_run_is_released_and_none_is_left(Machine machine)
    {
        var origin = await machine.CreateThinAsync("reserved");
        await using var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "reserved-snapshot" });
        await Machine.DmsetupAsync("message", "/dev/mapper/vg0-pool-tpool", "0", "reserve_metadata_snap");
        Machine.Fill(origin.Path, 4096);
        Assert.NotEmpty(await ThinChanges.FindAsync(machine.Tool, snapshot.Volume, origin));
        await AssertReleasedAsync();

        // thin_delta fails.
        var gone = origin with { ThinDeviceId = 4711 };
        var exception = await Assert.ThrowsAsync<LvmException>(() => ThinChanges.FindAsync(machine.Tool, snapshot.Volume, gone));
        Assert.StartsWith("thin_delta --metadata-snap", exception.Command, StringComparison.Ordinal);
        await AssertReleasedAsync();
    }

    public static async Task Volumes_that_are_not_in_one_pool_are_refused(Machine machine)
    {
        var thick = await machine.CreateThickAsync("no-pool");
        var thin = await machine.CreateThinAsync("in-pool");
        await Assert.ThrowsAsync<LvmException>(() => ThinChanges.FindAsync(machine.Tool, thick, thin));
        await Assert.ThrowsAsync<LvmException>(() => ThinChanges.FindAsync(machine.Tool, thin, thin with { Pool = "another" }));
    }

    public static async Task Kept_snapshot_is_found_and_only_by_its_owner(Machine machine)
    {
        var origin = await machine.CreateThinAsync("kept");
        var options = Options with { Name = "kept-new" };
        await using (var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, options))
        {
            await snapshot.KeepAsync("kept-old", "bdsync.mark=1:2");
        }

        var found = await Snapshot.FindAsync(machine.Tool, origin, options with { Name = "kept-old" });
        Assert.Equal(["bdsync", "bdsync.mark=1:2", "bdsync.task=changes"], found!.Volume.Tags.Order(StringComparer.Ordinal));
        Assert.False(found.Volume.IsActive);
        Assert.True(found.Volume.IsReadOnly);
        Assert.Null(await Snapshot.FindAsync(machine.Tool, origin, options));
        await Assert.ThrowsAsync<LvmException>(() => Snapshot.FindAsync(machine.Tool, origin, options with { Name = "kept-old", Owner = "another" }));

        await machine.Tool.RunAsync(LvmCommands.RemoveTag(found.Volume.FullName, "bdsync.mark=1:2"));
        found = await Snapshot.FindAsync(machine.Tool, origin, options with { Name = "kept-old" });
        Assert.DoesNotContain("bdsync.mark=1:2", found!.Volume.Tags);
        await found.RemoveAsync();
        Assert.Null(await Machine.FindUuidAsync("vg0/kept-old"));
    }

    private static async Task AssertReleasedAsync() =>
        Assert.Equal("-", (await Machine.DmsetupAsync("status", "/dev/mapper/vg0-pool-tpool")).Split(' ')[6]);
}
