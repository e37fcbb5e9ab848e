namespace BdSync.Lvm.Guest.Scenarios;

/// <summary>Snapshots that can't be taken, can't be trusted, or are not ours to remove.</summary>
internal static class SnapshotFailureScenarios
{
    private const string Unclear = "Refusing to remove LVM snapshot due to its unclear state: vg0/";

    private static readonly SnapshotOptions Options = new() { Size = "8m", Owner = "task" };

    public static async Task Foreign_volumes_under_the_name_are_left_alone(Machine machine)
    {
        var origin = await machine.CreateThickAsync("foreign");
        var other = await machine.CreateThickAsync("foreign-other");
        var names = new[] { "foreign-plain", "foreign-untagged", "foreign-task", "foreign-origin" };
        await machine.CreateThickAsync(names[0]);
        await Machine.LvmAsync("lvcreate", "--snapshot", "--size", "4m", "--name", names[1], "vg0/foreign");
        await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = names[2], Owner = "another task" });
        await Snapshot.CreateAsync(machine.Tool, other, Options with { Name = names[3] });
        foreach (var name in names)
        {
            var uuid = await Machine.FindUuidAsync($"vg0/{name}");
            var exception = await Assert.ThrowsAsync<LvmException>(() => Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = name }, machine.Log));
            Assert.Contains($"There is a volume vg0/{name} already", exception.Message, StringComparison.Ordinal);
            Assert.NotNull(uuid);
            Assert.Equal(uuid, await Machine.FindUuidAsync($"vg0/{name}"));
        }

        Assert.Empty(machine.Log.Messages);
    }

    public static async Task Overflow_is_detected(Machine machine)
    {
        var origin = await machine.CreateThickAsync("overflow");
        var options = Options with { Name = "overflow-snapshot", Size = "4m", CheckInterval = TimeSpan.FromMilliseconds(10) };
        await using (var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, options, machine.Log))
        {
            var watch = snapshot.WatchAsync(CancellationToken.None);
            Machine.Fill(origin.Path, 8 * Machine.Megabyte);
            var seen = await Assert.ThrowsAsync<LvmException>(() => watch);
            var checkedAgain = await Assert.ThrowsAsync<LvmException>(() => snapshot.CheckAsync());
            Assert.Contains("The LVM snapshot vg0/overflow-snapshot has become invalid because it overflowed", seen.Message, StringComparison.Ordinal);
            Assert.Equal(seen.Message, checkedAgain.Message);
        }

        Assert.Null(await Machine.FindUuidAsync("vg0/overflow-snapshot"));
    }

    public static async Task Filling_is_warned_of(Machine machine)
    {
        var origin = await machine.CreateThickAsync("filling");
        await using var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "filling-snapshot" }, machine.Log);
        Assert.Null(snapshot.HighestUsedPercent);
        await snapshot.CheckAsync();
        Assert.InRange(snapshot.HighestUsedPercent!.Value, 0, 5);
        Assert.Empty(machine.Log.Warnings);
        Machine.Fill(origin.Path, 7 * Machine.Megabyte);
        await snapshot.CheckAsync();
        await snapshot.CheckAsync();
        Assert.Contains("The LVM snapshot vg0/filling-snapshot is 8", Assert.Single(machine.Log.Warnings), StringComparison.Ordinal);
        Assert.InRange(snapshot.HighestUsedPercent!.Value, 80, 90);
    }

    public static async Task Removal_is_refused_without_the_tags(Machine machine)
    {
        var origin = await machine.CreateThickAsync("tags");
        var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "tags-snapshot" }, machine.Log);
        await Machine.LvmAsync("lvchange", "--deltag", "bdsync", "vg0/tags-snapshot");
        await AssertRefusedAsync(machine, snapshot);
    }

    public static async Task Removal_is_refused_for_another_origin(Machine machine)
    {
        var origin = await machine.CreateThickAsync("origin");
        await machine.CreateThickAsync("origin-other");
        var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "origin-snapshot" }, machine.Log);
        await ReplaceAsync(snapshot, "origin-other");
        await AssertRefusedAsync(machine, snapshot);
    }

    public static async Task Removal_is_refused_for_another_snapshot_of_the_origin(Machine machine)
    {
        var origin = await machine.CreateThickAsync("replaced");
        var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "replaced-snapshot" }, machine.Log);
        await ReplaceAsync(snapshot, "replaced");
        var fault = await Assert.ThrowsAsync<LvmException>(() => snapshot.CheckAsync());
        Assert.Contains("has been replaced", fault.Message, StringComparison.Ordinal);
        await AssertRefusedAsync(machine, snapshot);
    }

    public static async Task Inactive_snapshot_is_not_trusted(Machine machine)
    {
        var origin = await machine.CreateThinAsync("inactive");
        await using var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "inactive-snapshot" });
        await Machine.LvmAsync("lvchange", "--activate", "n", "vg0/inactive-snapshot");
        var inactive = await Assert.ThrowsAsync<LvmException>(() => snapshot.CheckAsync());
        Assert.Contains("is not active", inactive.Message, StringComparison.Ordinal);
        await Machine.LvmAsync("lvremove", "--force", "vg0/inactive-snapshot");
        var gone = await Assert.ThrowsAsync<LvmException>(() => snapshot.CheckAsync());
        Assert.Contains("is gone", gone.Message, StringComparison.Ordinal);
    }

    public static async Task Refusal_is_an_error_with_what_LVM_says(Machine machine)
    {
        var origin = await machine.CreateThickAsync("refused");
        var exception = await Assert.ThrowsAsync<LvmException>(() => Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "refused-snapshot", Size = "1b" }, machine.Log));
        Assert.Equal(3, exception.CommandExitStatus);
        Assert.StartsWith("lvcreate --yes --snapshot --name refused-snapshot", exception.Command, StringComparison.Ordinal);
        Assert.Contains("not a multiple of 512", exception.ErrorText, StringComparison.Ordinal);
        Assert.Contains("not a multiple of 512", exception.Message, StringComparison.Ordinal);
        Assert.Null(await Machine.FindUuidAsync("vg0/refused-snapshot"));
        Assert.Equal(["Creating LVM snapshot: vg0/refused-snapshot"], machine.Log.Messages);
    }

    public static async Task Pools_and_snapshots_have_no_thick_snapshot(Machine machine)
    {
        var origin = await machine.CreateThickAsync("kinds");
        await using var snapshot = await Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "kinds-of" });
        var pool = await machine.Tool.GetVolumeAsync(new(Machine.Group, Machine.Pool));
        foreach (var volume in new[] { snapshot.Volume, pool })
        {
            var exception = await Assert.ThrowsAsync<LvmException>(() => Snapshot.CreateAsync(machine.Tool, volume, Options with { Name = "kinds-snapshot" }));
            Assert.Contains($"There can't be a snapshot of {volume.FullName}", exception.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<LvmException>(() => Snapshot.CreateAsync(machine.Tool, origin, Options with { Name = "kinds-snapshot", Size = null }));
    }

    // With all the tags, so that only the origin or the uuid tells.
    private static async Task ReplaceAsync(Snapshot snapshot, string origin)
    {
        var name = snapshot.Volume.FullName;
        await Machine.LvmAsync("lvremove", "--force", name.ToString());
        await Machine.LvmAsync(
            ["lvcreate", "--snapshot", "--size", "4m", "--name", name.Name, .. snapshot.Volume.Tags.SelectMany(tag => new[] { "--addtag", tag }), $"{name.Group}/{origin}"]);
    }

    private static async Task AssertRefusedAsync(Machine machine, Snapshot snapshot)
    {
        var name = snapshot.Volume.FullName;
        var uuid = await Machine.FindUuidAsync(name.ToString());
        var exception = await Assert.ThrowsAsync<LvmException>(() => snapshot.RemoveAsync());
        Assert.StartsWith(Unclear + name.Name, exception.Message, StringComparison.Ordinal);
        await snapshot.DisposeAsync();
        Assert.StartsWith(Unclear + name.Name, Assert.Single(machine.Log.Warnings), StringComparison.Ordinal);
        Assert.NotNull(uuid);
        Assert.Equal(uuid, await Machine.FindUuidAsync(name.ToString()));
    }
}
