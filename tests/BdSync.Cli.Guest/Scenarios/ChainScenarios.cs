using BdSync.Cli.Guest.Incremental;
using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Scenarios;

/// <summary>What says where a source has changed, and breaks between two runs: everything is compared then.</summary>
internal static class ChainScenarios
{
    private const string Changes = IncrementalTask.Changes;
    private const string Everything = IncrementalTask.Everything;

    public static async Task Kept_snapshot_that_overflowed_is_not_trusted(TaskMachine machine)
    {
        var task = await IncrementalTask.CreateAsync(machine, ThickSource.CreateAsync, TaskMachine.Program);
        await task.RunAsync(Everything + task.Source.NothingKept, "--set", "lvm_snapshot_size=4m");
        task.Source.Write(first: 0, count: IncrementalSource.Length / IncrementalSource.Block);
        await task.RunAsync(Everything + "the kept snapshot has overflowed");
        task.Source.Write(300, 3);
        await task.RunAsync(Changes);
    }

    public static async Task Era_device_that_is_made_anew_is_not_trusted(TaskMachine machine)
    {
        var task = await IncrementalTask.CreateAsync(machine, EraSource.CreateAsync, TaskMachine.Program);
        await task.RunAsync(Everything + task.Source.NothingKept);
        var device = task.Source.UsedPath;
        var table = await Machine.DmsetupAsync("table", device);
        await Machine.DmsetupAsync("remove", device);

        // Nobody notes this.
        Machine.Fill(task.Source.Path, Machine.Megabyte);
        await Machine.DmsetupAsync("create", Path.GetFileName(device), "--table", table.Trim());
        await task.RunAsync(Everything + "the era device was made anew");
        task.Source.Write(300, 3);
        await task.RunAsync(Changes);

        // It has nothing that it could keep.
        await task.RunUncheckedAsync($"{Everything}{task.Target} is no device of dm-era", "--set", $"lvm_era_device={task.Target}");
    }

    public static async Task What_was_kept_is_gone_once_nobody_asks_for_it(TaskMachine machine)
    {
        string[] whole = ["--set", "lvm_incremental=no"];
        var task = await IncrementalTask.CreateAsync(machine, ThinSource.CreateAsync, TaskMachine.Program);
        await task.RunAsync(Everything + task.Source.NothingKept);

        // The pool has nothing there at first, and nothing in the end: a mark of the first run would know of no change.
        const int empty = 1500;
        task.Source.Write(empty, 3);
        await task.RunUncheckedAsync("Removing LVM snapshot: vg0/bdsync-kept-", whole);
        Assert.Empty(await TaskMachine.ListSnapshotsAsync(TaskMachine.Group, $"origin=\"{Path.GetFileName(task.Source.Path)}\""));
        await task.Source.DiscardAsync(empty / 16 * 16, 32);
        await task.RunAsync(Everything + task.Source.NothingKept);
    }

    public static async Task Way_of_finding_changes_may_change(TaskMachine machine)
    {
        string[] bySnapshots = ["--set", "lvm_era_device="];
        var task = await IncrementalTask.CreateAsync(machine, EraSource.CreateAsync, TaskMachine.Program);
        await task.RunAsync(Everything + task.Source.NothingKept);
        task.Source.Write(300, 3);
        await task.RunUncheckedAsync(Everything + "no snapshot", bySnapshots);
        task.Source.Write(400, 3);
        await task.RunUncheckedAsync(Changes, bySnapshots);
        task.Source.Write(500, 3);
        await task.RunAsync(Everything + "the run before has found changes in another way.");
        task.Source.Write(600, 3);
        await task.RunAsync(Changes);
    }
}
