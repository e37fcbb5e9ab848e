using BdSync.TestUtilities.Guests;

namespace BdSync.Guest.Tests;

/// <summary>
/// How much a run reads on each side, in full and with lvm_incremental, for docs/performance.md: the kernel's own counters of two disks, of which one has all sources and the other all targets. No test of
/// ./test.sh, as it takes minutes: <c>dotnet BdSync.Guest.Tests.dll --explicit only --filter-class '*IncrementalFigures' --show-live-output on</c>.
/// </summary>
public class IncrementalFigures(ITestOutputHelper output)
{
    private const long Gigabyte = 1024L * 1024 * 1024;

    // 1 % in 164 places of 64 KiB. Sizes in MiB; the shell has no floating point. The era device's metadata is on a disk of its own.
    private static readonly string Script = $$"""
        set -e
        program="{{LvmGuest.GuestDotnet}} {{LvmGuest.GuestProgramFolder}}/bdsync.dll"
        lvm vgcreate vg0 /dev/ubda
        lvm vgcreate vg1 /dev/ubdb
        lvm lvcreate --yes --thin --size 1300m --chunksize 64k vg0/pool
        lvm lvcreate --yes --thin --virtualsize 1g --name thin vg0/pool
        lvm lvcreate --yes --size 1g --name thick vg0
        lvm lvcreate --yes --size 1g --name era vg0
        printf '#!/bin/sh\nexec sh -c "$2"\n' >/tmp/ssh
        printf '#!/bin/sh\nexec %s "$@"\n' "$program" >/tmp/remote
        chmod +x /tmp/ssh /tmp/remote
        mkdir /tmp/patches
        dmsetup create noted --table "0 2097152 era /dev/ubdc /dev/vg0/era 128"
        read_bytes() { read -r reads merged sectors rest </sys/block/$1/stat; echo $((sectors * 512)); }
        run() {
          echo 3 >/proc/sys/vm/drop_caches
          a=$(read_bytes ubda); b=$(read_bytes ubdb)
          $program run --config /tmp/conf --log-level info >/tmp/log 2>&1 || { cat /tmp/log; exit 1; }
          a=$(($(read_bytes ubda) - a)); b=$(($(read_bytes ubdb) - b))
          echo "FIGURE $1: source $((a / 1048576)).$((a % 1048576 * 10 / 1048576)) MiB, target $((b / 1048576)).$((b % 1048576 * 10 / 1048576)) MiB; $(grep -o 'Comparing.*' /tmp/log)"
        }
        for kind in thin thick era; do
          device=/dev/vg0/$kind
          [ $kind != era ] || device=/dev/mapper/noted
          dd if=/dev/urandom of=$device bs=1M count=1024 conv=fsync 2>/dev/null
          lvm lvcreate --yes --size 1g --name $kind vg1
          cat >/tmp/conf <<END
        [$kind]
        source_path = /dev/vg0/$kind
        target_path = /dev/vg1/$kind
        connection_command = /tmp/ssh host
        remote_bdsync_bin = /tmp/remote
        apply_patch_in_place = yes
        lvm_snapshot_enabled = yes
        lvm_snapshot_size = 128m
        lvm_incremental = yes
        END
          [ $kind != era ] || echo 'lvm_era_device = /dev/mapper/noted' >>/tmp/conf
          run "$kind, first copy"
          for i in $(seq 164); do dd if=/dev/urandom of=$device bs=64k seek=$((i * 99)) count=1 conv=notrunc 2>/dev/null; done
          sync
          run "$kind, 1 % changed"
          cmp $device /dev/vg1/$kind
        done
        for i in $(seq 164); do dd if=/dev/urandom of=$device bs=64k seek=$((i * 98)) count=1 conv=notrunc 2>/dev/null; done
        sync
        echo 'full_compare_every = 1' >>/tmp/conf
        run "1 % changed, in full"
        cmp $device /dev/vg1/era
        """;

    [Fact(Explicit = true)]
    public async Task Bytes_read()
    {
        LvmGuest.Require();
        using var guest = new LvmGuest(diskCount: 3, 5 * Gigabyte);
        guest.SharePrograms();
        var result = await guest.RunAsync(Script, processor: 0, TimeSpan.FromMinutes(30));
        Assert.True(result.ExitStatus == 0, result.ToString());
        output.WriteLine(string.Join('\n', result.Log.Split('\n').Where(line => line.StartsWith("FIGURE", StringComparison.Ordinal))));
    }
}
