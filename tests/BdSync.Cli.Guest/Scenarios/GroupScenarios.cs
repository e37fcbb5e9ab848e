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
            target_volume_group = {TaskMachine.TargetGroup}
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

    public static async Task Snapshots_together_of_one_source_are_two(TaskMachine machine)
    {
        var (source, other, targets) = await CreateAsync(machine, "same");
        var more = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "same3", 8);
        var expected = Machine.Read(source);
        var tasks = machine.Task("one", source, targets[0], $"{Together}\nrun_after = dd if=/dev/urandom of={source} bs=1M count=2 conv=fsync")
            + machine.Task("two", source, targets[1], Together)
            + machine.Task("three", other, more, Together);

        // What a killed run has left is known by its name, whichever tasks are run.
        await using (var killed = machine.Start(tasks, "--task", "two", "--set", "bandwidth_limit=128k"))
        {
            await killed.WaitForPatchAsync(machine);
            await killed.KillAsync();
        }

        (await machine.RunAsync(tasks)).Expect(0, "[Task two] WARNING: The LVM snapshot vg0/bdsync-snapshot-same1-", "Creating LVM snapshot: vg0/bdsync-snapshot-same2\n");
        TaskMachine.AssertStartsWith(targets[0], expected);
        TaskMachine.AssertStartsWith(targets[1], expected);
        TaskMachine.AssertStartsWith(more, Machine.Read(other));
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
    }

    public static async Task Snapshots_together_of_volumes_with_long_names(TaskMachine machine)
    {
        var (first, second) = ($"first-{new string('x', 105)}", $"second-{new string('x', 104)}");
        var sources = (First: await machine.Machine.CreateThickAsync(first, 4), Second: await machine.Machine.CreateThickAsync(second, 4));
        var targets = (First: await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "long1", 8), Second: await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "long2", 8));
        var settings = $"{Together}\nbdsync_args = --diffsize=minsize";
        var tasks = machine.Task("one", sources.First.Path, targets.First, settings) + machine.Task("two", sources.Second.Path, targets.Second, settings);
        (await machine.RunAsync(tasks)).Expect(0, "Creating LVM snapshot: vg0/bdsync-snapshot-first-xxx");
        TaskMachine.AssertStartsWith(targets.First, Machine.Read(sources.First.Path));
        TaskMachine.AssertStartsWith(targets.Second, Machine.Read(sources.Second.Path));
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
    }

    private static async Task<(string First, string Second, string[] Targets)> CreateAsync(TaskMachine machine, string name)
    {
        var first = await machine.Machine.CreateThickAsync($"{name}1", 8);
        var second = await machine.Machine.CreateThickAsync($"{name}2", 8);
        return (first.Path, second.Path, [await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, $"{name}1", 8), await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, $"{name}2", 8)]);
    }
}
