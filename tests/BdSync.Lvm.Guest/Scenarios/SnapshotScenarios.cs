namespace BdSync.Lvm.Guest.Scenarios;

/// <summary>Snapshots that are taken and taken back as they should.</summary>
internal static class SnapshotScenarios
{
    private static readonly SnapshotOptions Options = new() { Size = "8m", Owner = "a task's näme" };

    public static async Task Thick_snapshot_is_taken_read_and_removed(Machine machine)
    {
        var origin = await machine.CreateThickAsync("thick");
        var before = Machine.Read(origin.Path);
        await using (var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "thick-snapshot" }, machine.Log))
        {
            Machine.Fill(origin.Path, 2 * Machine.Megabyte);
            Assert.Equal(before, Machine.Read(snapshot.Path));
            Assert.NotEqual(before, Machine.Read(origin.Path));
            await snapshot.CheckAsync();

            Assert.Equal("/dev/vg0/thick-snapshot", snapshot.Path);
            Assert.Equal(LogicalVolumeKind.Snapshot, snapshot.Volume.Kind);
            Assert.Equal(origin.FullName.Name, snapshot.Volume.Origin);
            Assert.Equal(["bdsync", "bdsync.task=a#20task#27s#20n#C3#A4me"], snapshot.Volume.Tags);
            Assert.True(snapshot.Volume.IsReadOnly);
            Assert.ThrowsAny<Exception>(() => Machine.Fill(snapshot.Path, 512));
        }

        Assert.Null(await Machine.FindUuidAsync("vg0/thick-snapshot"));
        Assert.Equal(["Creating LVM snapshot: vg0/thick-snapshot", "Removing LVM snapshot: vg0/thick-snapshot"], machine.Log.Messages);
    }

    public static async Task Thin_snapshot_needs_no_size_and_can_be_read(Machine machine)
    {
        var origin = await machine.CreateThinAsync("thin");
        Assert.Equal((LogicalVolumeKind.Thin, Machine.Pool), (origin.Kind, origin.Pool));
        var before = Machine.Read(origin.Path);
        await using (var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "thin-snapshot", Size = null }, machine.Log))
        {
            Machine.Fill(origin.Path, Machine.Megabyte);
            Assert.Equal(before, Machine.Read(snapshot.Path));
            Assert.Equal(LogicalVolumeKind.ThinSnapshot, snapshot.Volume.Kind);
            Assert.NotEqual(origin.ThinDeviceId, snapshot.Volume.ThinDeviceId);
            Assert.NotNull(snapshot.Volume.ThinDeviceId);
            await snapshot.CheckAsync();
        }

        Assert.Null(await Machine.FindUuidAsync("vg0/thin-snapshot"));
        Assert.Empty(machine.Log.Warnings);
    }

    public static async Task Names_with_dashes_are_no_obstacle(Machine machine)
    {
        await Machine.LvmAsync("vgcreate", "g--r-o_u.p+", "/dev/ubdb");
        await machine.CreateThickAsync("v-o--lume-", group: "g--r-o_u.p+");
        var origin = await machine.Tool.FindVolumeAsync("/dev/mapper/g----r--o_u.p+-v--o----lume--");
        Assert.Equal("g--r-o_u.p+/v-o--lume-", origin?.FullName.ToString());
        await using (var snapshot = await Snapshot.CreateAsync(machine.Tool, origin!, Options with { Name = "s-n--ap" }, machine.Log))
        {
            Assert.Equal(Machine.Read(origin!.Path), Machine.Read(snapshot.Path));
        }

        Assert.Null(await Machine.FindUuidAsync("g--r-o_u.p+/s-n--ap"));
        Assert.Empty(machine.Log.Warnings);
    }

    public static async Task Size_may_be_a_part_of_the_origin(Machine machine)
    {
        var origin = await machine.CreateThickAsync("percent");
        await using var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "percent-snapshot", Size = "50%ORIGIN" });

        // LVM adds room for the table of changes and rounds up to extents.
        Assert.InRange(snapshot.Volume.Length, 8 * Machine.Megabyte, 12 * Machine.Megabyte);
    }

    public static async Task What_a_killed_run_left_is_removed_first(Machine machine)
    {
        var origin = await machine.CreateThickAsync("left");
        var options = Options with { Name = "left-snapshot" };

        // Not disposed of: as if it were killed.
        var left = await Snapshot.CreateAsync(machine.Tool, origin, options);
        await using (var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, options, machine.Log))
        {
            Assert.NotEqual(left.Volume.Uuid, snapshot.Volume.Uuid);
        }

        Assert.Null(await Machine.FindUuidAsync("vg0/left-snapshot"));
        Assert.Contains("left from a run that was killed", Assert.Single(machine.Log.Warnings), StringComparison.Ordinal);
    }

    public static async Task Removal_waits_for_those_who_read(Machine machine)
    {
        var origin = await machine.CreateThickAsync("busy");
        var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "busy-snapshot", RemovalLimit = TimeSpan.FromMinutes(5) }, machine.Log);
        Task removal;
        using (File.OpenHandle(snapshot.Path))
        {
            removal = snapshot.RemoveAsync();
            while (!removal.IsCompleted && machine.Log.Warnings.Count == 0)
            {
                await Task.Delay(50);
            }

            Assert.False(removal.IsCompleted);
            Assert.Contains("in use", machine.Log.Warnings[0], StringComparison.Ordinal);
        }

        await removal;
        await snapshot.DisposeAsync();
        Assert.Null(await Machine.FindUuidAsync("vg0/busy-snapshot"));
    }

    public static async Task Cancelling_removes_what_was_taken(Machine machine)
    {
        var origin = await machine.CreateThickAsync("cancelled");
        using var cancelling = new CancellationTokenSource();
        var creating = Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "cancelled-snapshot" }, machine.Log, cancelling.Token);
        while (!machine.Log.Messages.Contains("Creating LVM snapshot: vg0/cancelled-snapshot"))
        {
            Assert.False(creating.IsCompleted);
            await Task.Delay(1);
        }

        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);
        Assert.Null(await Machine.FindUuidAsync("vg0/cancelled-snapshot"));
    }
}
