using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Scenarios;

/// <summary>Tasks of a whole volume group.</summary>
internal static class GroupScenarios
{
    private const string Together = "lvm_snapshot_enabled = yes\nlvm_snapshot_size = 8m\nlvm_snapshot_together = yes";

    public static async Task Whole_group_is_copied(TaskMachine machine)
    {
        await machine.Machine.CreateThickAsync("web1", 8, TaskMachine.ThirdGroup);
        await machine.Machine.CreateThickAsync("web-tmp", 8, TaskMachine.ThirdGroup);
        await machine.Machine.CreateThickAsync("other", 8, TaskMachine.ThirdGroup);
        await Machine.LvmAsync("lvcreate", "--yes", "--thin", "--size", "16m", "--virtualsize", "8m", "--name", "web2", $"{TaskMachine.ThirdGroup}/webpool");
        Machine.Fill("/dev/vgc/web2", Machine.Megabyte);
        await Machine.LvmAsync("lvcreate", "--snapshot", "--name", "web1-snap", "--size", "4m", "vgc/web1");
        await Machine.LvmAsync("lvcreate", "--snapshot", "--name", "web2-snap", "vgc/web2");
        var tasks = $"""
            [copy-%(volume)s]
            source_volume_group = vgc
            source_volumes = web*
            source_volumes_exclude = *-tmp
            target_path = /dev/{TaskMachine.TargetGroup}/%(volume)s
            target_create = lvm
            target_patch_dir = {machine.PatchFolder}
            lvm_snapshot_enabled = yes
            lvm_snapshot_size = 4m
            """;
        var end = await machine.RunAsync(tasks);
        end.Expect(0, "[Task copy-web1] ", "[Task copy-web2] ", "WARNING: Creating missing target volume: vg-b/web1");
        Assert.DoesNotContain("-snap]", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("pool]", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("tmp]", end.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("other]", end.Output, StringComparison.Ordinal);
        TaskMachine.AssertStartsWith("/dev/vg-b/web1", Machine.Read("/dev/vgc/web1"));
        TaskMachine.AssertStartsWith("/dev/vg-b/web2", Machine.Read("/dev/vgc/web2"));
        Assert.Equal(["web1-snap", "web2-snap"], (await TaskMachine.ListSnapshotsAsync(TaskMachine.ThirdGroup)).Order());
        await Machine.LvmAsync("vgremove", "--yes", "--force", TaskMachine.ThirdGroup);
        await Machine.LvmAsync("vgcreate", TaskMachine.ThirdGroup, "/dev/ubdc");
    }

    public static async Task Snapshots_together_are_of_one_moment(TaskMachine machine)
    {
        var (first, second, targets) = await CreateAsync(machine, "moment");
        var expected = Machine.Read(second);
        var overwrite = $"run_after = dd if=/dev/urandom of={second} bs=1M count=2 conv=fsync";
        var end = await machine.RunAsync(machine.Task("one", first, targets[0], $"{Together}\n{overwrite}") + machine.Task("two", second, targets[1], Together));
        end.Expect(0, "Creating LVM snapshot: vg0/bdsync-snapshot-moment1\n", "Removing LVM snapshot: vg0/bdsync-snapshot-moment2\n");
        Assert.NotEqual(expected, Machine.Read(second));
        TaskMachine.AssertStartsWith(targets[0], Machine.Read(first));
        TaskMachine.AssertStartsWith(targets[1], expected);
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
    }

    public static async Task Snapshots_together_are_all_or_none(TaskMachine machine)
    {
        var (first, second, targets) = await CreateAsync(machine, "none");
        await TaskMachine.CreateEmptyAsync(TaskMachine.Group, "bdsync-snapshot-none2", 4);
        var end = await machine.RunAsync(machine.Task("one", first, targets[0], Together) + machine.Task("two", second, targets[1], Together));
        end.Expect(3, "[Task one] ERROR: The snapshots of the volume group vg0 belong together", "[Task two] ERROR: The snapshots of the volume group vg0 belong together", "Removing LVM snapshot: vg0/bdsync-snapshot-none1\n");
        Assert.All(targets, TaskMachine.AssertZeros);
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
        Assert.NotNull(await Machine.FindUuidAsync("vg0/bdsync-snapshot-none2"));
    }

    private static async Task<(string First, string Second, string[] Targets)> CreateAsync(TaskMachine machine, string name)
    {
        var first = await machine.Machine.CreateThickAsync($"{name}1", 8);
        var second = await machine.Machine.CreateThickAsync($"{name}2", 8);
        return (first.Path, second.Path, [await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, $"{name}1", 8), await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, $"{name}2", 8)]);
    }
}
