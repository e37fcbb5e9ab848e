using System.Text;
using BdSync.TestUtilities.Guests;

namespace BdSync.Cli.Tests.Tasks.Sources;

/// <summary>Runs of one task with lvm_incremental on real LVM, over a connection: what each of them compares, and that the target is equal to the source after each.</summary>
public class IncrementalGuestTests
{
    private const long Megabyte = 1024 * 1024;

    private const int SourceMegabytes = 8;

    /// <summary>It takes six minutes on a machine that has ten times as much to do; others may be slower.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(25);

    // "run WORDS… EXPECTED" runs the task and looks for what the log has to say. /tmp/ssh is the connection; the program behind it fails or kills where a file says so.
    private static readonly string Start = $$"""
        set -e
        program="{{LvmGuest.GuestDotnet}} {{LvmGuest.GuestSharedFolder}}/program/bdsync.dll"
        lvm vgcreate vg0 /dev/ubda
        lvm lvcreate --yes --thin --size 48m --chunksize 64k vg0/pool
        lvm lvcreate --yes --thin --virtualsize 8m --name src vg0/pool
        lvm lvcreate --yes --wipesignatures n --zero n --size 8m --name dst vg0
        dd if=/dev/urandom of=/dev/vg0/src bs=1M count=4 conv=fsync
        mkdir /tmp/patches
        printf '#!/bin/sh\nexec sh -c "$2"\n' >/tmp/ssh
        cat >/tmp/remote <<END
        #!/bin/sh
        case "\$*" in
          *--server*) [ ! -e /tmp/fail ] || exit 9 ;;
          *--patch*)
            if [ -e /tmp/kill ]; then
              dd if=/dev/urandom of=/dev/vg0/dst bs=4096 seek=700 count=9 conv=notrunc,fsync
              kill -9 \$(cat /tmp/pid)
              exit 9
            fi ;;
        esac
        exec $program "\$@"
        END
        chmod +x /tmp/ssh /tmp/remote
        cat >/tmp/conf <<END
        [inc]
        source_path = /dev/vg0/src
        target_path = /dev/vg0/dst
        connection_command = /tmp/ssh host
        remote_bdsync_bin = /tmp/remote
        target_patch_dir = /tmp/patches
        bdsync_args = --diffsize=minsize
        lvm_snapshot_enabled = yes
        lvm_incremental = yes
        full_compare_every = 100
        END
        start() {
          $program run --config /tmp/conf --log-level info "$@" >/tmp/log 2>&1 &
          echo $! >/tmp/pid
          wait $! && status=0 || status=$?
          cat /tmp/log
        }
        run() {
          expected=$1; shift
          start "$@"
          [ $status -eq 0 ] || { echo "FAULT: exit status $status, where '$expected' was to come"; exit 1; }
          grep -q "$expected" /tmp/log || { echo "FAULT: no '$expected' in the log"; exit 1; }
          cmp -n {{SourceMegabytes}}M /dev/vg0/src /dev/vg0/dst || { echo "FAULT: source and target differ after '$expected'"; exit 1; }
          [ "$(lvm lvs --noheadings -o lv_name @bdsync | wc -l)" -eq 1 ] || { lvm lvs -a; echo "FAULT: not one snapshot is kept"; exit 1; }
        }
        write() { dd if=/dev/urandom of=/dev/vg0/src bs=4096 seek=$1 count=$2 conv=notrunc,fsync 2>/dev/null; }
        changes='Comparing what has changed since the last run'
        run 'Comparing everything: no snapshot'
        run "$changes: 0"

        """;

    private const string Faults = """
        write 100 3
        run 'Comparing everything: every 2 runs' --set full_compare_every=2
        touch /tmp/fail; write 200 3; start; rm /tmp/fail
        [ $status -eq 3 ] || { echo "FAULT: status $status of a run that can't compare"; exit 1; }
        run "$changes"
        lvm lvremove -f "$(lvm lvs --noheadings -o vg_name,lv_name --separator / @bdsync | tr -d ' ')"
        write 300 3
        run 'Comparing everything: no snapshot'
        touch /tmp/kill; write 400 3; start; rm /tmp/kill
        [ $status -eq 137 ] || { echo "FAULT: status $status of a run that is killed"; exit 1; }
        run 'Comparing everything: the run before'
        run "$changes"
        lvm lvextend -L 12m vg0/dst; write 500 3
        run 'Comparing everything: the target has 12582912 bytes'
        write 600 3
        run "$changes" --set apply_patch_in_place=yes
        run 'Comparing everything: --checksum' --set bdsync_args='--diffsize=minsize --checksum=sha256'
        run 'Comparing everything: the target is not' --set connection_command='/tmp/ssh other'
        write 700 3
        run "$changes" --set connection_command='/tmp/ssh other' --set verify=yes
        write 800 3
        run 'Comparing everything: the target is not' --set connection_command=
        write 900 3
        run "$changes" --set connection_command=
        write 1000 3
        run "$changes" --set connection_command= --set apply_patch_in_place=yes
        """;

    [Fact]
    public async Task Every_run_leaves_the_target_equal_to_the_source()
    {
        LvmGuest.Require();
        using var guest = new LvmGuest(diskCount: 1, 256 * Megabyte);
        var program = Directory.CreateDirectory(Path.Combine(guest.SharedFolder, "program")).FullName;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory))
        {
            File.Copy(file, Path.Combine(program, Path.GetFileName(file)));
        }

        var result = await guest.RunAsync(Start + DescribeWrites() + Faults, TimeLimit);
        Assert.True(result.ExitStatus == 0, result.ToString());
    }

    // Writes and discards at random places, in blocks of 4096 bytes, and a run after each lot.
    private static string DescribeWrites()
    {
        var script = new StringBuilder();
        for (var seed = 1; seed <= 4; seed++)
        {
            var random = new Random(seed);
            for (var count = random.Next(1, 6); count > 0; count--)
            {
                script.Append(null, $"write {random.Next(2000)} {random.Next(1, 40)}\n");
            }

            script.Append(null, $"blkdiscard --offset {random.Next(32) * 65536} --length 131072 /dev/vg0/src\nrun \"$changes\"\n");
        }

        return script.ToString();
    }
}
