using BdSync.Lvm.Changes;

namespace BdSync.Lvm.Guest.Scenarios;

/// <summary>What dm-era says of what has been written.</summary>
internal static class EraScenarios
{
    public static async Task All_writes_since_an_era_are_named(Machine machine)
    {
        var origin = await machine.CreateThickAsync("era", megabytes: 8);
        var path = await CreateAsync(machine, origin);
        var device = await EraDevice.OpenAsync(machine.Tool, path);
        Assert.Equal((origin.Length, 64 * 1024), (device.Length, device.BlockLength));
        var eras = new List<(long Era, byte[] Content)>();
        for (var seed = 1; seed <= 5; seed++)
        {
            eras.Add((await device.BeginEraAsync(), Machine.Read(path)));
            ChangeCheck.WriteRandomly(path, new Random(seed));

            // Of the last era, and of one before.
            foreach (var start in new[] { eras[^1], eras[seed / 2] })
            {
                ChangeCheck.AssertNamed($"seed {seed} era {start.Era}", await device.FindWritesAsync(start.Era), start.Content, Machine.Read(path));
            }
        }

        Assert.Empty(await device.FindWritesAsync(await device.BeginEraAsync()));
        await Machine.DmsetupAsync("remove", "era-era");
    }

    public static async Task Device_is_known_by_what_it_lies_above_and_when_it_was_made(Machine machine)
    {
        var origin = await machine.CreateThickAsync("above", megabytes: 8);
        var other = await machine.CreateThickAsync("beside", megabytes: 8);
        var path = await CreateAsync(machine, origin);
        var device = await EraDevice.OpenAsync(machine.Tool, path);
        Assert.True(device.IsAbove(origin));
        Assert.False(device.IsAbove(other));
        Assert.False(device.IsAbove(origin with { Length = origin.Length * 2 }));
        Assert.Equal(device.Identity, (await EraDevice.OpenAsync(machine.Tool, path)).Identity);
        await Machine.DmsetupAsync("remove", "above-era");
        await Assert.ThrowsAsync<LvmException>(() => EraDevice.OpenAsync(machine.Tool, path));
        await MapAsync(origin, "above");
        Assert.NotEqual(device.Identity, (await EraDevice.OpenAsync(machine.Tool, path)).Identity);
        await Assert.ThrowsAsync<LvmException>(() => EraDevice.OpenAsync(machine.Tool, other.Path));
        await Machine.DmsetupAsync("remove", "above-era");
    }

    public static async Task Metadata_snapshot_of_a_killed_run_is_dropped(Machine machine)
    {
        var origin = await machine.CreateThickAsync("taken", megabytes: 8);
        var path = await CreateAsync(machine, origin);
        var device = await EraDevice.OpenAsync(machine.Tool, path);
        var era = await device.BeginEraAsync();
        await Machine.DmsetupAsync("message", path, "0", "take_metadata_snap");
        Machine.Fill(path, 4096);
        Assert.NotEmpty(await device.FindWritesAsync(era));
        Assert.Equal("-", (await Machine.DmsetupAsync("status", path)).Split(' ')[6].Trim());
        await Machine.DmsetupAsync("remove", "taken-era");
    }

    /// <summary>Puts an era device above a volume; its metadata is a volume of its own.</summary>
    private static async Task<string> CreateAsync(Machine machine, LogicalVolume origin)
    {
        await Machine.LvmAsync("lvcreate", "--yes", "--wipesignatures", "n", "--zero", "y", "--name", $"{origin.FullName.Name}-meta", "--size", "4m", Machine.Group);
        return await MapAsync(origin, origin.FullName.Name);
    }

    private static async Task<string> MapAsync(LogicalVolume origin, string name)
    {
        await Machine.DmsetupAsync("create", $"{name}-era", "--table", $"0 {origin.Length / 512} era /dev/{Machine.Group}/{name}-meta {origin.Path} 128");
        return $"/dev/mapper/{name}-era";
    }
}
