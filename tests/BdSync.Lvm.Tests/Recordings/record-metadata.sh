#!/bin/sh
# Records what the programs say that read the metadata of thin pools and of dm-era. Runs where record.sh does, with two empty disks.
# record-metadata.sh LVM FOLDER: the program of LVM, and where metadata.txt goes.
lvm=$1
file=$2/metadata.txt
export LC_ALL=C LVM_SUPPRESS_FD_WARNINGS=1 DM_DISABLE_UDEV=1
cat >/etc/lvm/lvm.conf <<CONF
devices { scan = [ "/dev" ] }
activation { udev_sync = 0 udev_rules = 0 verify_udev_operations = 0 monitoring = 0 }
backup { backup = 0 archive = 0 }
CONF

record() {
  name=$1
  shift
  "$@" >/tmp/stdout 2>/tmp/stderr
  status=$?
  { echo "== $name"; echo "command: $*"; echo "exit status: $status"; echo "output:"; cat /tmp/stdout; echo "errors:"; cat /tmp/stderr; } >>"$file"
}

# fill DEVICE FIRST COUNT: in 64 KiB.
fill() { tr '\0' x </dev/zero | dd of="$1" bs=64k seek="$2" count="$3" iflag=fullblock oflag=direct conv=notrunc 2>/dev/null; }

record thin_delta-version thin_delta --version
record era_invalidate-version era_invalidate --version

"$lvm" vgcreate vg0 /dev/ubda /dev/ubdb
"$lvm" lvcreate --yes --type thin-pool -n pool -l 8 -c 64k vg0
"$lvm" lvcreate --yes -V 8m -T vg0/pool -n before
fill /dev/vg0/before 0 20
"$lvm" lvcreate --yes -s -kn -n after vg0/before
"$lvm" lvcreate --yes -s -kn -n same vg0/before
fill /dev/vg0/after 10 2
fill /dev/vg0/after 30 1
fill /dev/vg0/before 40 3
fill /dev/vg0/after 50 1
fill /dev/vg0/before 50 1

compare() { record "$1" thin_delta --metadata-snap --thin1 "$2" --thin2 "$3" /dev/mapper/vg0-pool_tmeta; }
compare thin_delta-not-reserved 1 2
dmsetup message vg0-pool-tpool 0 reserve_metadata_snap
record pool-status dmsetup status vg0-pool-tpool
compare thin_delta 1 2
compare thin_delta-back 2 1
compare thin_delta-self 1 1
compare thin_delta-same 3 3
compare thin_delta-missing 1 9
record thin_delta-no-device thin_delta --metadata-snap --thin1 1 --thin2 2 /dev/mapper/nothing
dmsetup message vg0-pool-tpool 0 release_metadata_snap
record pool-status-released dmsetup status vg0-pool-tpool

"$lvm" lvcreate --yes -n meta -l 1 vg0
"$lvm" lvcreate --yes -n data -l 4 vg0
dmsetup create era --table "0 $((4 * 4096 * 2)) era /dev/mapper/vg0-meta /dev/mapper/vg0-data 128"
fill /dev/mapper/era 0 100
dmsetup message era 0 checkpoint
fill /dev/mapper/era 5 2
fill /dev/mapper/era 9 1
dmsetup message era 0 take_metadata_snap
snapshot=$(dmsetup status era | cut -d" " -f7)
record era-status dmsetup status era
for since in 0 1 2 3 99; do record era_invalidate-$since era_invalidate --metadata-snapshot --written-since $since /dev/mapper/vg0-meta; done
for since in 0 1 2 3 99; do record era_invalidate-at-$since era_invalidate --metadata-snapshot "$snapshot" --written-since $since /dev/mapper/vg0-meta; done
dmsetup message era 0 drop_metadata_snap
record era_invalidate-not-taken era_invalidate --metadata-snapshot --written-since 1 /dev/mapper/vg0-meta
