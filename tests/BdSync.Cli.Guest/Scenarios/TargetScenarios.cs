using BdSync.Lvm.Guest;

namespace BdSync.Cli.Guest.Scenarios;

/// <summary>Targets that are made to fit: the extents of their group are twice as large as those of the source's.</summary>
internal static class TargetScenarios
{
    private const int Port = 2222;

    private const string Fit = "target_create = lvm\ntarget_volume_group = vg-b\ntarget_resize = yes";

    public static async Task Target_is_created_grown_and_shrunk(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("local", 12);
        var tasks = machine.Task("local", source.Path, "/dev/vg-b/local", $"{Fit}\nverify = yes");
        (await machine.RunAsync(tasks)).Expect(0, "Creating missing target volume: vg-b/local with 16");
        await AssertFitsAsync(source.Path, "vg-b/local", 16);

        await Machine.LvmAsync("lvextend", "--extents", "+2", "vg0/local");
        (await machine.RunAsync(tasks, "--set", "target_resize=no")).Expect(3, "while 'target_resize' is disabled");
        (await machine.RunAsync(tasks)).Expect(0, "Resizing target volume: vg-b/local from 16");
        await AssertFitsAsync(source.Path, "vg-b/local", 24);

        await Machine.LvmAsync("lvreduce", "--yes", "--force", "--size", "4m", "vg0/local");
        (await machine.RunAsync(tasks)).Expect(0);
        await AssertFitsAsync(source.Path, "vg-b/local", 24);
        (await machine.RunAsync(tasks, "--set", "target_shrink=yes")).Expect(0, "Resizing target volume: vg-b/local from 24");
        await AssertFitsAsync(source.Path, "vg-b/local", 8);
    }

    public static async Task Target_that_is_mounted_is_not_resized(TaskMachine machine)
    {
        var source = await machine.Machine.CreateThickAsync("mounted", 12);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "mounted", 8);
        await TaskMachine.ShellAsync($"mkfs.ext4 -q -F {target} && mkdir {machine.Folder}/m && mount {target} {machine.Folder}/m");
        try
        {
            (await machine.RunAsync(machine.Task("mounted", source.Path, target, Fit))).Expect(3, "mounted");
            Assert.Equal(8, await TaskMachine.GetMegabytesAsync("vg-b/mounted"));
        }
        finally
        {
            await TaskMachine.ShellAsync($"umount {machine.Folder}/m");
        }
    }

    public static async Task Target_behind_a_connection_is_created_and_grown(TaskMachine machine)
    {
        await StartServerAsync();
        var source = await machine.Machine.CreateThickAsync("far", 4);
        var settings = $"{Fit}\nremote_bdsync_bin = /root/bdsync\nlvm_snapshot_enabled = yes\nlvm_snapshot_size = 4m";
        var command = machine.Task("far", source.Path, "/dev/vg-b/far", $"{settings}\nconnection_command = ssh -p {Port} root@localhost");
        (await machine.RunAsync(command)).Expect(0, "Creating missing target volume: vg-b/far with 8");
        await AssertFitsAsync(source.Path, "vg-b/far", 8);

        await Machine.LvmAsync("lvextend", "--size", "12m", "vg0/far");
        var address = machine.Task("far", source.Path, "/dev/vg-b/far", $"{settings}\nconnection = ssh://root@localhost:{Port}");
        (await machine.RunAsync(address)).Expect(0, "Resizing target volume: vg-b/far from 8");
        await AssertFitsAsync(source.Path, "vg-b/far", 16);
        Assert.Empty(await TaskMachine.ListSnapshotsAsync());
        Assert.Empty(machine.Patches);
    }

    public static async Task Target_in_use_behind_a_connection_is_not_resized(TaskMachine machine)
    {
        await StartServerAsync();
        var source = await machine.Machine.CreateThickAsync("used", 12);
        var target = await TaskMachine.CreateEmptyAsync(TaskMachine.TargetGroup, "used", 8);
        var tasks = machine.Task("used", source.Path, target, $"{Fit}\ntarget_shrink = yes\nremote_bdsync_bin = /root/bdsync\nconnection = ssh://root@localhost:{Port}");
        await TaskMachine.ShellAsync($"mkfs.ext4 -q -F {target} && mkdir {machine.Folder}/m && mount {target} {machine.Folder}/m");
        try
        {
            (await machine.RunAsync(tasks)).Expect(3, $"The target vg-b/used is in use on ssh://root@localhost:{Port}: it is mounted or open there, and it can't be made larger. Nothing was done.");
            Assert.Equal(8, await TaskMachine.GetMegabytesAsync("vg-b/used"));
        }
        finally
        {
            await TaskMachine.ShellAsync($"umount {machine.Folder}/m");
        }

        (await machine.RunAsync(tasks)).Expect(0, "Resizing target volume: vg-b/used from 8");
        await Machine.LvmAsync("lvextend", "--extents", "+1", "vg-b/used");
        using (new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            var end = await machine.RunAsync(tasks);
            end.Expect(3, "it is mounted or open there, and it can't be made smaller. All has been applied, and the next run tries it again.");
            Assert.Equal(24, await TaskMachine.GetMegabytesAsync("vg-b/used"));
            (await machine.RunAsync(tasks, "--set", "patch_args=--force")).Expect(0, "Resizing target volume: vg-b/used from 24");
        }

        await AssertFitsAsync(source.Path, "vg-b/used", 16);
        await Machine.LvmAsync("lvextend", "--extents", "+1", "vg-b/used");
        (await machine.RunAsync(tasks)).Expect(0, "Resizing target volume: vg-b/used from 24");
        await AssertFitsAsync(source.Path, "vg-b/used", 16);
    }

    private static async Task AssertFitsAsync(string source, string target, int megabytes)
    {
        Assert.Equal(megabytes, await TaskMachine.GetMegabytesAsync(target));
        TaskMachine.AssertStartsWith($"/dev/{target}", Machine.Read(source));
    }

    // It needn't be ended: the guest ends. Without the MALLOC words sshd maps and unmaps memory all the time, which takes a guest long.
    private static Task<string> StartServerAsync() =>
        TaskMachine.ShellAsync($"""
            set -e
            [ ! -e /root/bdsync ] || exit 0
            mkdir -p /root/.ssh
            ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
            ssh-keygen -q -t ed25519 -N '' -f /root/host_key
            cp /root/.ssh/id_ed25519.pub /root/.ssh/authorized_keys
            echo "[localhost]:{Port} $(cut -d' ' -f1,2 /root/host_key.pub)" >/root/.ssh/known_hosts
            chmod 700 /root /root/.ssh
            chmod 600 /root/.ssh/*
            printf '#!/bin/sh\nexec %s "$@"\n' '{string.Join(' ', TaskMachine.Program)}' >/root/bdsync
            chmod 755 /root/bdsync
            export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=1073741824 MALLOC_TOP_PAD_=16777216
            /usr/sbin/sshd -f /dev/null -o HostKey=/root/host_key -o Port={Port} -o ListenAddress=127.0.0.1 -o UsePAM=no -o PermitRootLogin=yes -o PidFile=none -o SetEnv=DM_DISABLE_UDEV=1 -E /tmp/sshd.log
            """);
}
