using BdSync.Lvm;
using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Scenarios;

/// <summary>Tasks of two connections that run at once. Each waits for the other before it takes its snapshot, so that they meet.</summary>
internal static class ParallelScenarios
{
    private const string Changes = "Comparing what has changed since the last run";

    public static async Task Incremental_tasks_of_one_pool_run_at_once(TaskMachine machine)
    {
        var sources = new[] { await machine.Machine.CreateThinAsync("pair1", 8), await machine.Machine.CreateThinAsync("pair2", 8) };
        string[] targets = [await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "pair1", 8), await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "pair2", 8)];
        await PrepareAsync(machine);
        var settings = "lvm_snapshot_enabled = yes\nlvm_incremental = yes";
        var tasks = machine.Task("one", sources[0].Path, targets[0], $"{Far(machine, "x")}{Meet(machine, "one", "two")}{settings}")
            + machine.Task("two", sources[1].Path, targets[1], $"{Far(machine, "y")}{Meet(machine, "two", "one")}{settings}");
        (await RunAsync(machine, tasks)).Expect(0, "[Task one] INFO: Comparing everything: no snapshot", "[Task two] INFO: Comparing everything: no snapshot");
        AssertEqual(sources, targets);

        // The pool's metadata snapshot is there once: one of them waits for the other.
        for (var run = 0; run < 3; run++)
        {
            Machine.Fill(sources[0].Path, Machine.Megabyte / 4);
            Machine.Fill(sources[1].Path, Machine.Megabyte / 4);
            var end = await RunAsync(machine, tasks);
            end.Expect(0, $"[Task one] INFO: {Changes}", $"[Task two] INFO: {Changes}", "Creating LVM snapshot: vg0/bdsync-snapshot-");
            AssertEqual(sources, targets);
        }

        var snapshots = await TaskMachine.ListSnapshotsAsync();
        Assert.Equal(2, snapshots.Length);
        Assert.All(snapshots, name => Assert.StartsWith("bdsync-kept-", name, StringComparison.Ordinal));
        await Machine.LvmAsync(["lvremove", "--yes", .. snapshots.Select(name => $"vg0/{name}"), .. sources.Select(source => source.FullName.ToString())]);
    }

    public static async Task Snapshots_together_are_read_at_once(TaskMachine machine)
    {
        var sources = new[] { await machine.Machine.CreateThickAsync("both1", 8), await machine.Machine.CreateThickAsync("both2", 8) };
        string[] targets = [await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "both1", 8), await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "both2", 8), await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "both3", 8)];
        var expected = sources.Select(source => Machine.Read(source.Path)).ToArray();
        var overwrite = string.Join("; ", sources.Select(source => $"dd if=/dev/urandom of={source.Path} bs=1M count=1 conv=fsync"));
        var settings = $"lvm_snapshot_enabled = yes\nlvm_snapshot_size = 8m\nlvm_snapshot_together = yes\nrun_after = {overwrite}";
        await PrepareAsync(machine);
        var tasks = machine.Task("one", sources[0].Path, targets[0], $"{Far(machine, "x")}{Meet(machine, "one", "two")}{settings}")
            + machine.Task("two", sources[1].Path, targets[1], $"{Far(machine, "y")}{Meet(machine, "two", "three")}{settings}")
            + machine.Task("three", sources[0].Path, targets[2], $"{Meet(machine, "three", "one")}{settings}");
        (await RunAsync(machine, tasks)).Expect(0, "Creating LVM snapshot: vg0/bdsync-snapshot-both1-", "Removing LVM snapshot: vg0/bdsync-snapshot-both2\n");
        TaskMachine.AssertStartsWith(targets[0], expected[0]);
        TaskMachine.AssertStartsWith(targets[1], expected[1]);
        TaskMachine.AssertStartsWith(targets[2], expected[0]);
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
        Assert.Empty(machine.Patches);
    }

    private static void AssertEqual(LogicalVolume[] sources, string[] targets)
    {
        foreach (var (source, target) in sources.Zip(targets))
        {
            TaskMachine.AssertStartsWith(target, Machine.Read(source.Path));
        }
    }

    // What the tasks have said that they are here is taken back before.
    private static async Task<ProgramEnd> RunAsync(TaskMachine machine, string tasks)
    {
        await TaskMachine.ShellAsync($"rm -f {machine.Folder}/here-*");
        return await machine.RunAsync(tasks, "--parallel", "3");
    }

    private static Task<string> PrepareAsync(TaskMachine machine) =>
        TaskMachine.ShellAsync($"""
            cd {machine.Folder}
            printf '#!/bin/sh\nexec sh -c "$2"\n' >connect
            printf '#!/bin/sh\nexec %s "$@"\n' '{string.Join(' ', TaskMachine.Program)}' >remote
            printf '#!/bin/sh\ntouch here-$1; for i in $(seq 1200); do [ ! -e here-$2 ] || exit 0; sleep 0.1; done; exit 1\n' >meet
            chmod 755 connect remote meet
            """);

    // A connection is known by its words, of which the last is the host's name.
    private static string Far(TaskMachine machine, string host) => $"connection_command = {machine.Folder}/connect {host}\nremote_bdsync_bin = {machine.Folder}/remote\n";

    private static string Meet(TaskMachine machine, string name, string other) => $"run_before = cd {machine.Folder} && ./meet {name} {other}\n";
}
