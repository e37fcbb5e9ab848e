namespace BdSync.Lvm.Guest.Scenarios;

/// <summary>Volumes and groups.</summary>
internal static class VolumeScenarios
{
    public static async Task Every_form_of_a_path_is_found(Machine machine)
    {
        var volume = await machine.CreateThickAsync("pa-th");
        var node = "/dev/" + Path.GetFileName(Directory.EnumerateDirectories("/sys/block").Single(folder => ReadMapping(folder) == "vg0-pa--th"));
        Directory.CreateDirectory("/tmp/links");
        File.CreateSymbolicLink("/tmp/links/to-volume", "/dev/vg0/pa-th");
        File.CreateSymbolicLink("/tmp/links/to-link", "to-volume");
        File.CreateSymbolicLink("/tmp/links/to-mapper", "/dev/mapper/vg0-pa--th");
        File.CreateSymbolicLink("/tmp/links/to-node", node);
        File.CreateSymbolicLink("/tmp/links/folder", "/dev/vg0");
        foreach (var path in new[] { "/dev/vg0/pa-th", "/dev/mapper/vg0-pa--th", "vg0/pa-th", node, "/dev/./vg0//pa-th", "/tmp/links/to-volume", "/tmp/links/to-link", "/tmp/links/to-mapper", "/tmp/links/to-node", "/tmp/links/folder/pa-th" })
        {
            var found = await machine.Tool.FindVolumeAsync(path);
            Assert.True(found?.Uuid == volume.Uuid, $"{path}: {found}");
        }

        // Relative paths are paths first.
        Directory.SetCurrentDirectory("/tmp/links");
        Assert.Equal(volume.Uuid, (await machine.Tool.FindVolumeAsync("folder/pa-th"))?.Uuid);

        foreach (var path in new[] { "/dev/ubda", "/dev/null", "/tmp/links", "/etc/passwd", "/nowhere", "vg0", "vg0/none", "/dev/vg0/none", "/dev/mapper/vg0-pool_tmeta" })
        {
            Assert.True(await machine.Tool.FindVolumeAsync(path) is null, path);
        }
    }

    public static async Task Inactive_volume_is_found(Machine machine)
    {
        await machine.CreateThickAsync("asleep");
        await Machine.LvmAsync("lvchange", "--activate", "n", "vg0/asleep");
        foreach (var path in new[] { "/dev/vg0/asleep", "/dev/mapper/vg0-asleep", "vg0/asleep" })
        {
            Assert.False((await machine.Tool.FindVolumeAsync(path))?.IsActive ?? true, path);
        }
    }

    public static async Task Volumes_of_a_group_are_those_with_data(Machine machine)
    {
        await Machine.LvmAsync("vgcreate", "vg1", "/dev/ubdc");
        await Machine.LvmAsync("lvcreate", "--yes", "--size", "4m", "--name", "plain", "vg1");
        await Machine.LvmAsync("lvcreate", "--yes", "--thin", "--size", "8m", "--virtualsize", "64m", "--name", "thin", "vg1/thinpool");
        await Machine.LvmAsync("lvcreate", "--snapshot", "--name", "thin-snapshot", "vg1/thin");
        await Machine.LvmAsync("lvcreate", "--snapshot", "--size", "4m", "--name", "plain-snapshot", "vg1/plain");
        var group = await machine.Tool.GetVolumeGroupAsync("vg1");
        var volumes = await group.GetVolumesAsync(machine.Tool);
        Assert.Equal(["vg1/plain 4194304 Thick", "vg1/thin 67108864 Thin"], volumes.Select(volume => $"{volume.FullName} {volume.Length} {volume.Kind}"));
    }

    public static async Task Volume_is_created_grown_and_shrunk(Machine machine)
    {
        const int extent = 4 * Machine.Megabyte;
        var group = await machine.Tool.GetVolumeGroupAsync(Machine.Group);
        Assert.Equal(extent, group.ExtentLength);
        var volume = await group.CreateVolumeAsync(machine.Tool, "created", extent + 1);
        Assert.Equal((2 * extent, LogicalVolumeKind.Thick, true), ((int)volume.Length, volume.Kind, volume.IsActive));
        Assert.Equal(group.FreeLength - volume.Length, (await machine.Tool.GetVolumeGroupAsync(Machine.Group)).FreeLength);

        Assert.Equal(2 * extent, (await volume.ResizeAsync(machine.Tool, (2 * extent) - 1)).Length);
        Assert.Equal(3 * extent, (await volume.ResizeAsync(machine.Tool, (2 * extent) + 1)).Length);
        var refused = await Assert.ThrowsAsync<LvmException>(() => volume.ResizeAsync(machine.Tool, extent));
        Assert.Contains("would have to shrink", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3 * extent, (await machine.Tool.GetVolumeAsync(volume.FullName)).Length);
        Assert.Equal(extent, (await volume.ResizeAsync(machine.Tool, extent, allowShrink: true)).Length);
        Assert.Equal(extent, Machine.Read(volume.Path).Length);

        await Assert.ThrowsAsync<LvmException>(() => volume.ResizeAsync(machine.Tool, 1L << 40));
        await Assert.ThrowsAsync<LvmException>(() => group.CreateVolumeAsync(machine.Tool, "too-large", 1L << 40));
        var taken = await Assert.ThrowsAsync<LvmException>(() => group.CreateVolumeAsync(machine.Tool, "created", extent));
        Assert.Contains("already exists", taken.Message, StringComparison.Ordinal);
    }

    public static async Task Thin_volume_grows(Machine machine)
    {
        var volume = await machine.CreateThinAsync("thin-grows");

        // Past the pool's and the group's size: it takes no room by itself.
        Assert.Equal(4L << 30, (await volume.ResizeAsync(machine.Tool, (4L << 30) - 5)).Length);
    }

    public static async Task Words_work_without_the_tool(Machine machine)
    {
        var group = await RunAsync(LvmCommands.GetVolumeGroup(Machine.Group));
        var version = await RunAsync(LvmCommands.GetVersion());
        await RunAsync(LvmCommands.CreateVolume(group, "words", 1));
        var volume = await RunAsync(LvmCommands.FindVolume(new(Machine.Group, "words")));
        await RunAsync(LvmCommands.TryResizeVolume(group, volume!, group.ExtentLength + 1, version)!);
        volume = await RunAsync(LvmCommands.FindVolume(new(Machine.Group, "words")));
        Assert.Equal(2 * group.ExtentLength, volume?.Length);
        Assert.Null(LvmCommands.TryResizeVolume(group, volume!, volume!.Length, version));
        await RunAsync(LvmCommands.RemoveVolume(volume.FullName));
        Assert.Null(await RunAsync(LvmCommands.FindVolume(volume.FullName)));
        Assert.Null(await machine.Tool.FindVolumeAsync("vg0/words"));
    }

    public static async Task Missing_group_is_an_error_with_what_LVM_says(Machine machine)
    {
        var exception = await Assert.ThrowsAsync<LvmException>(() => machine.Tool.GetVolumeGroupAsync("nowhere"));
        Assert.Equal((5, true), (exception.CommandExitStatus, exception.ErrorText.Contains("Volume group \"nowhere\" not found", StringComparison.Ordinal)));
        await Assert.ThrowsAsync<LvmException>(() => machine.Tool.FindVolumeAsync("nowhere/volume"));
    }

    private static string ReadMapping(string folder) => File.Exists($"{folder}/dm/name") ? File.ReadAllText($"{folder}/dm/name").Trim() : "";

    private static async Task<T> RunAsync<T>(LvmCommand<T> command) => command.Complete(await Machine.TryLvmAsync(command.Words));
}
