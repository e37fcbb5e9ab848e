using System.Security.Cryptography;
using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Scenarios;

/// <summary>Tasks that read a snapshot, and all goes well.</summary>
internal static class SnapshotScenarios
{
    private const int FileLength = 64 * 1024;

    public static async Task Thick_snapshot_of_a_file_system_in_use_is_whole(TaskMachine machine)
    {
        var source = await TaskMachine.CreateEmptyAsync(TaskMachine.Group, "live", 96);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "live", 96);
        var mountPoint = Directory.CreateDirectory(Path.Combine(machine.Folder, "mounted")).FullName;
        await TaskMachine.ShellAsync($"mkfs.ext4 -q -F -J size=4 {source} && mount {source} {mountPoint}");
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAll(mountPoint, stop.Token));
        try
        {
            var end = await machine.RunAsync(machine.Task("live", source, target, "lvm_snapshot_enabled = yes\nlvm_snapshot_size = 20%ORIGIN\nverify = yes"));
            end.Expect(0, "INFO: Creating LVM snapshot: vg0/bdsync-snapshot\n", "INFO: Removing LVM snapshot: vg0/bdsync-snapshot\n", "Verified");
        }
        finally
        {
            await stop.CancelAsync();
            var written = await writing;
            await TaskMachine.ShellAsync($"umount {mountPoint}");
            Assert.True(written > 10, $"Only {written} files were written.");
        }

        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
        await TaskMachine.ShellAsync($"e2fsck -fn {target}");
        Assert.Empty(machine.Patches);
    }

    public static async Task Thin_volume_needs_no_size(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThinAsync("thin");
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "thin", 16);
        var end = await machine.RunAsync(machine.Task("thin", source.Path, target, "lvm_snapshot_enabled = yes"));
        end.Expect(0, "Creating LVM snapshot: vg0/bdsync-snapshot\n", "Removing LVM snapshot: vg0/bdsync-snapshot\n");
        TaskMachine.AssertStartsWith(target, Machine.Read(source.Path));
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
    }

    public static async Task Names_with_dashes_are_no_obstacle(TaskMachine machine)
    {
        await machine.Machine.CreateThickAsync("a-b--c", 8, TaskMachine.TargetGroup);
        await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "copy-of-a", 8);
        var end = await machine.RunAsync(machine.Task(
            "dashes", "/dev/mapper/vg--b-a--b----c", "/dev/mapper/vg--b-copy--of--a", "lvm_snapshot_enabled = yes\nlvm_snapshot_size = 8m\nlvm_snapshot_name = my-snap"));
        end.Expect(0, "Creating LVM snapshot: vg-b/my-snap\n", "Removing LVM snapshot: vg-b/my-snap\n");
        TaskMachine.AssertStartsWith("/dev/vg-b/copy-of-a", Machine.Read("/dev/vg-b/a-b--c"));
        Assert.Empty(await TaskMachine.ListSnapshotsAsync(TaskMachine.TargetGroup));
    }

    // New files at first, later over the old ones: the snapshot must not fill.
    private static int WriteAll(string folder, CancellationToken cancellationToken)
    {
        var count = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            using var file = new FileStream(Path.Combine(folder, $"file{count++ % 40}"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(RandomNumberGenerator.GetBytes(FileLength));
            file.Flush(flushToDisk: true);
            Thread.Sleep(10);
        }

        return count;
    }
}
