using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Scenarios;

/// <summary>Tasks that read a snapshot, and something comes between.</summary>
internal static class InterruptionScenarios
{
    private const string Slow = "lvm_snapshot_enabled = yes\nlvm_snapshot_size = 8m\nbandwidth_limit = 1m";

    public static async Task Overflow_in_the_middle_fails_the_task(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("overflow", 24);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "overflow", 24);
        await using var run = machine.Start(machine.Task("overflow", source.Path, target, Slow));
        await run.WaitForPatchAsync(machine);
        Machine.Fill(source.Path, 16 * Machine.Megabyte);
        (await run.WaitAsync()).Expect(3, "ERROR: The LVM snapshot vg0/bdsync-snapshot has become invalid because it overflowed", "The target is untouched.", "Removing LVM snapshot: vg0/bdsync-snapshot\n");
        await AssertNothingIsLeftAsync(machine, target);
    }

    public static async Task What_a_killed_run_left_is_cleaned_up(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("killed", 24);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "killed", 24);
        await using (var run = machine.Start(machine.Task("killed", source.Path, target, Slow)))
        {
            await run.WaitForPatchAsync(machine);
            await run.KillAsync();
        }

        Assert.Equal(["bdsync-snapshot"], await TaskMachine.ListSnapshotsAsync());
        TaskMachine.AssertZeros(target);
        var end = await machine.RunAsync(machine.Task("killed", source.Path, target, Slow), "--set", "bandwidth_limit=");
        end.Expect(0, "WARNING: The LVM snapshot vg0/bdsync-snapshot of vg0/killed is left from a run that was killed");
        TaskMachine.AssertStartsWith(target, Machine.Read(source.Path));
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
    }

    public static async Task Terminated_run_leaves_nothing(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("terminated", 24);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "terminated", 24);
        await using var run = machine.Start(machine.Task("terminated", source.Path, target, Slow));
        await run.WaitForPatchAsync(machine);
        run.Terminate();
        (await run.WaitAsync()).Expect(4, "Removing LVM snapshot: vg0/bdsync-snapshot\n");
        await AssertNothingIsLeftAsync(machine, target);
    }

    public static async Task Foreign_snapshot_stops_the_task(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("foreign", 8);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "foreign", 8);
        await Machine.LvmAsync("lvcreate", "--snapshot", "--name", "bdsync-snapshot", "--size", "8m", source.FullName.ToString());
        var uuid = await Machine.FindUuidAsync("vg0/bdsync-snapshot");
        var end = await machine.RunAsync(machine.Task("foreign", source.Path, target, "lvm_snapshot_enabled = yes\nlvm_snapshot_size = 8m"));
        end.Expect(3, "There is a volume vg0/bdsync-snapshot already", "it is not touched");
        Assert.Equal(uuid, await Machine.FindUuidAsync("vg0/bdsync-snapshot"));
        await Machine.LvmAsync("lvremove", "--yes", "vg0/bdsync-snapshot");
        await AssertNothingIsLeftAsync(machine, target);
    }

    private static async Task AssertNothingIsLeftAsync(TaskMachine machine, string target)
    {
        TaskMachine.AssertZeros(target);
        Assert.Empty(machine.Patches);
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
    }
}
