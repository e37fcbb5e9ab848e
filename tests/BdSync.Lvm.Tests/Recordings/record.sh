#!/bin/sh
# Records what a version of LVM prints. Runs as root on a machine of its own, whose disks (/dev/ubda to /dev/ubdh, 512 MiB each but for the last with 10 GiB, all empty) it fills: see README.md.
# record.sh LVM FOLDER: the program, and where lvm.txt goes.
lvm=$1
file=$2/lvm.txt
export LC_ALL=C LVM_SUPPRESS_FD_WARNINGS=1 DM_DISABLE_UDEV=1

configure() {
  cat >/etc/lvm/lvm.conf <<CONF
devices { scan = [ "/dev" ] types = [ "ubd", 16 ] $devices multipath_component_detection = 0 md_component_detection = 0 }
global { wait_for_locks = $1 $daemon }
activation { udev_sync = 0 udev_rules = 0 verify_udev_operations = 0 monitoring = 0 }
allocation { mirror_logs_require_separate_pvs = 0 }
backup { backup = 0 archive = 0 }
CONF
}

# What some versions need is not known to the others.
case $("$lvm" version 2>/dev/null | head -n 1) in
  *2.02.*) daemon="use_lvmetad = 0" ;;
  *2.03.0* | *2.03.11*) ;;
  *) devices="use_devicesfile = 0" ;;
esac
configure 1

# The name of the recording, the words, the exit status, and what was printed.
keep() {
  name=$1
  shift
  "$@" >/tmp/stdout 2>/tmp/stderr
  status=$?
  words=$*
  { echo "== $name"; echo "command: ${words#*"$lvm" }"; echo "exit status: $status"; echo "output:"; cat /tmp/stdout; echo "errors:"; cat /tmp/stderr; } >>"$file"
}

record() {
  recording=$1
  shift
  keep "$recording" "$lvm" "$@"
}

# What only prepares; a version that can't leaves the volume out.
make() {
  "$lvm" "$@" </dev/null >/tmp/made 2>&1 && return
  echo "not made: $*"
  sed 's/^/    /' /tmp/made
}

# fill DEVICE FIRST COUNT: in 64 KiB.
fill() { tr '\0' x </dev/zero | dd of="$1" bs=64k seek="$2" count="$3" iflag=fullblock oflag=direct conv=notrunc 2>/dev/null; }

volumes=vg_name,lv_name,lv_uuid,lv_size,lv_attr,lv_layout,lv_role,lv_active,origin,pool_lv,lv_tags,lv_permissions,snap_percent,data_percent,metadata_percent
volumes=$volumes,lv_snapshot_invalid,lv_merging,lv_health_status,thin_id,chunk_size
list() { record "$1" lvs --reportformat json --units b --nosuffix --options $volumes $3 "$2"; }
group() { record "$1" vgs --reportformat json --units b --nosuffix --options vg_name,vg_extent_size,vg_free "$2"; }

record version version

# How it was built is nobody's concern.
sed -i "/^  Configuration:/d" "$file"

# Thick volumes and their snapshots.
for disk in a b c d e f g; do make pvcreate --yes /dev/ubd$disk; done
make vgcreate vg0 /dev/ubda /dev/ubdb /dev/ubdc /dev/ubdd
make lvcreate --yes -n data -l 3 --addtag daily --addtag site=a vg0
make lvcreate --yes -n inactive -l 1 vg0
make lvchange -an vg0/inactive
make lvcreate --yes -n readonly -l 1 vg0
make lvchange -pr vg0/readonly
make lvcreate --yes -n with-dash -l 1 vg0
make lvcreate --yes -n segments -l 1 vg0
make lvcreate --yes -n between -l 1 vg0
make lvextend -l 2 vg0/segments
make lvcreate --yes -s -n snap -l 2 vg0/data
make lvcreate --yes -s -n tiny -l 1 vg0/data
fill /dev/vg0/data 0 80
dd if=/dev/vg0/tiny of=/dev/null bs=64k count=1 2>/dev/null
make lvcreate --yes -n restored -l 2 vg0
make lvcreate --yes -s -n mergesnap -l 1 vg0/restored
sleep 1000 </dev/vg0/restored &
make lvconvert --merge vg0/mergesnap

# Volumes on several disks.
make lvcreate --yes -n stripes --type striped -i 2 -l 4 vg0
make lvcreate --yes -n plainstripes --type striped -i 2 -l 4 vg0
make lvcreate --yes -n mirrored --type mirror -m 1 --mirrorlog core -l 2 vg0
make lvcreate --yes -n logged --type mirror -m 1 --mirrorlog disk -l 2 vg0
make lvcreate --yes -n raid0 --type raid0 -i 2 -l 2 vg0
make lvcreate --yes -n raid1 --type raid1 -m 1 -l 2 vg0
make lvcreate --yes -n raid5 --type raid5 -i 2 -l 2 vg0
make lvcreate --yes -n raid10 --type raid10 -i 2 -m 1 -l 2 vg0
make lvcreate --yes -n raidoff --type raid1 -m 1 -l 1 vg0
make lvchange -an vg0/raidoff
make lvcreate --yes -n tracked --type raid1 -m 1 -l 1 vg0
sleep 2
make lvconvert --yes --splitmirrors 1 --trackchanges vg0/tracked
make lvcreate --yes -n checked --type raid1 -m 1 --raidintegrity y -l 2 vg0
make lvcreate --yes -s -n stripesnap -l 1 vg0/stripes
make lvcreate --yes -s -n mirrorsnap -l 1 vg0/mirrored

# Caches.
make lvcreate --yes -n cached -l 2 vg0
make lvcreate --yes -n fast --type cache-pool -l 2 vg0
make lvconvert --yes --type cache --cachepool vg0/fast vg0/cached
make lvcreate --yes -n sparefast --type cache-pool -l 2 vg0
make lvcreate --yes -n cachedvol -l 2 vg0
make lvcreate --yes -n fastvol -l 3 vg0
make lvconvert --yes --type cache --cachevol vg0/fastvol vg0/cachedvol
make lvcreate --yes -n written -l 2 vg0
make lvcreate --yes -n writefast -l 2 vg0
make lvchange -an vg0/writefast
make lvconvert --yes --type writecache --cachevol vg0/writefast vg0/written
make lvcreate --yes -s -n cachesnap -l 1 vg0/cached

# Thin volumes; one with an origin that is gone, one over a volume that only is read.
make lvcreate --yes --type thin-pool -n pool -l 8 -c 64k vg0
make lvcreate --yes -V 8m -T vg0/pool -n thin
make lvcreate --yes -s -n thinsnap vg0/thin
make lvcreate --yes -s -kn -n thinactive --addtag bdsync --addtag bdsync.task=x vg0/thin
make lvcreate --yes -V 8m -T vg0/pool -n gone
make lvcreate --yes -s -kn -n orphan vg0/gone
make lvremove --force vg0/gone
make lvcreate --yes -n external -l 1 -pr vg0
make lvchange -an vg0/external
make lvcreate --yes -s -n overexternal --thinpool vg0/pool vg0/external
make lvcreate --yes -s -n thickofthin -l 1 vg0/thin
make lvcreate --yes -V 8m -T vg0/pool -n thinoff
make lvchange -an vg0/thinoff
make lvcreate --yes -V 8m -T vg0/pool -n thinmerged
make lvcreate --yes -s -kn -n thinmerge vg0/thinmerged
sleep 1000 </dev/vg0/thinmerged &
make lvconvert --merge vg0/thinmerge
echo 1 >/sys/module/dm_thin_pool/parameters/no_space_timeout
make lvcreate --yes --type thin-pool -n full -l 1 -c 64k vg0
make lvcreate --yes -V 8m -T vg0/full -n fullthin
fill /dev/vg0/fullthin 0 128

group group vg0
list volumes vg0
list volumes-all vg0 --all

# What a program does with them, and how it fails.
record create lvcreate --yes --name new --extents 2 vg0
record create-exists lvcreate --yes --name new --extents 2 vg0
record create-no-space lvcreate --yes --name large --extents 5000 vg0
record extend lvextend --extents 3 vg0/new
record extend-missing lvextend --extents 3 vg0/nothing
record extend-no-space lvextend --extents 5000 vg0/new
record extend-same lvextend --extents 3 vg0/new
record extend-origin lvextend --extents 4 vg0/data
record extend-stripes lvextend --extents 5 vg0/stripes
record reduce-stripes lvreduce --yes --force --extents 3 vg0/plainstripes
record extend-plain-stripes lvextend --extents 5 vg0/plainstripes
record extend-raid1 lvextend --extents 3 vg0/raid1
record extend-raid5 lvextend --extents 3 vg0/raid5
record extend-mirror lvextend --extents 3 vg0/logged
record extend-thin lvextend --extents 3 vg0/thinoff
record extend-cached lvextend --extents 3 vg0/cachedvol
record reduce lvreduce --yes --force --extents 1 vg0/new
record reduce-fs lvreduce --yes --force --fs ignore --extents 2 vg0/with-dash
record extend-again lvextend --extents 2 vg0/with-dash
record reduce-fs-ignore lvreduce --yes --force --fs ignore --extents 1 vg0/with-dash
record reduce-raid1 lvreduce --yes --force --extents 2 vg0/raid1
record reduce-stripes-fs-ignore lvreduce --yes --force --fs ignore --extents 3 vg0/plainstripes
record reduce-raid1-fs-ignore lvreduce --yes --force --fs ignore --extents 1 vg0/raid1
record rename lvrename vg0 new renamed
record rename-exists lvrename vg0 renamed data
record rename-missing lvrename vg0 nothing something
record tag lvchange --addtag bdsync vg0/renamed
record untag lvchange --deltag bdsync vg0/renamed
record tag-missing lvchange --addtag bdsync vg0/nothing
record deactivate lvchange --activate n vg0/renamed
record activate lvchange --ignoreactivationskip --activate y vg0/renamed
record activate-thin lvchange --ignoreactivationskip --activate y vg0/thinsnap
record activate-missing lvchange --ignoreactivationskip --activate y vg0/nothing
record deactivate-open lvchange --activate n vg0/restored

tags="--addtag bdsync --addtag bdsync.task=x"
record snapshot lvcreate --yes --snapshot --name s-thick --permission r $tags --size 4m vg0/renamed
record snapshot-exists lvcreate --yes --snapshot --name snap --permission r $tags --size 4m vg0/renamed
record snapshot-missing lvcreate --yes --snapshot --name s-missing --permission r $tags --size 4m vg0/nothing
record snapshot-no-space lvcreate --yes --snapshot --name s-large --permission r $tags --size 90G vg0/stripes
record snapshot-inactive lvcreate --yes --snapshot --name s-inactive --permission r $tags --size 4m vg0/inactive
record snapshot-merging lvcreate --yes --snapshot --name s-merging --permission r $tags --size 4m vg0/restored
record snapshot-readonly lvcreate --yes --snapshot --name s-readonly --permission r $tags --size 4m vg0/readonly
for origin in stripes mirrored logged raid0 raid1 raid5 raid10 checked cached cachedvol written thickofthin; do
  record snapshot-of-$origin lvcreate --yes --snapshot --name s-$origin --permission r $tags --extents 50%ORIGIN vg0/$origin
done
for origin in thin orphan overexternal thinoff thinmerged fullthin; do
  record snapshot-of-$origin lvcreate --yes --snapshot --name s-$origin --permission r $tags --ignoreactivationskip --activate y vg0/$origin
done
list volumes-with-snapshots vg0

record remove lvremove --force vg0/s-thick
record remove-thin lvremove --force vg0/s-thin
record remove-missing lvremove --force vg0/nothing
sleep 1000 </dev/vg0/snap &
record remove-open lvremove --force vg0/snap
record group-missing vgs --reportformat json --units b --nosuffix --options vg_name,vg_extent_size,vg_free nothing
record volumes-missing lvs --reportformat json --units b --nosuffix --options $volumes nothing
keep volumes-not-root setpriv --reuid=65534 --clear-groups "$lvm" lvs --reportformat json --units b --nosuffix --options $volumes vg0
mkdir -p /run/lock/lvm
flock --close /run/lock/lvm/V_vg0 sleep 1000 &
sleep 1
configure 0
record create-locked lvcreate --yes --name locked --extents 1 vg0
record volumes-locked lvs --reportformat json --units b --nosuffix --options $volumes vg0
configure 1
kill $!

# A disk that is lost, and is back without its label.
make vgcreate part /dev/ubde /dev/ubdf
make lvcreate --yes -n whole -l 2 part /dev/ubde
make lvcreate --yes -n lost -l 2 part /dev/ubdf
make lvcreate --yes -n halfraid --type raid1 -m 1 -l 2 part
make lvcreate --yes -n halfsnap -s -l 1 part/whole /dev/ubdf
make lvcreate --yes -n off -l 2 part /dev/ubdf
make lvchange -an part/off
dd if=/dev/zero of=/dev/ubdf bs=64k count=16 oflag=direct conv=notrunc 2>/dev/null
list partial-volumes part
group partial-group part
record partial-create lvcreate --yes --name new --extents 1 part
record partial-snapshot lvcreate --yes --snapshot --name s-partial --permission r $tags --size 4m part/whole
record partial-activate lvchange --ignoreactivationskip --activate y part/off
record partial-remove lvremove --force part/off

# Groups that are another machine's, or nobody's.
make vgcreate away /dev/ubdg
make lvcreate --yes -n data -l 1 away
make vgchange -an away
make vgexport away
list exported-volumes away
group exported-group away
record exported-create lvcreate --yes --name new --extents 1 away
make vgimport away
make vgchange --yes --systemid other away
list foreign-volumes away
group foreign-group away

# VDO volumes, as metadata: no kernel here has the target, but the report is made all the same.
cat >/tmp/vdo.conf <<CONF
contents = "Text Format Volume Group"
version = 1
vdo {
  id = "mYv1Bm-o5Ba-5QWU-pvdq-7vgw-rKUX-7NYNb7"
  seqno = 1
  format = "lvm2"
  status = ["RESIZEABLE", "READ", "WRITE"]
  flags = []
  extent_size = 8192
  max_lv = 0
  max_pv = 0
  metadata_copies = 0
  physical_volumes {
    pv0 { id = "kYv1Bm-o5Ba-5QWU-pvdq-7vgw-rKUX-7NYNb7" device = "/dev/ubdh" status = ["ALLOCATABLE"] flags = [] dev_size = 20971520 pe_start = 2048 pe_count = 2559 }
  }
  logical_volumes {
    data {
      id = "iYv1Bm-o5Ba-5QWU-pvdq-7vgw-rKUX-7NYNb7" status = ["READ", "WRITE", "VISIBLE"] flags = [] segment_count = 1
      segment1 { start_extent = 0 extent_count = 4 type = "vdo" vdo_pool = "vpool" vdo_offset = 0 }
    }
    vpool {
      id = "gYv1Bm-o5Ba-5QWU-pvdq-7vgw-rKUX-7NYNb7" status = ["READ", "WRITE", "VISIBLE"] flags = [] segment_count = 1
      segment1 {
        start_extent = 0 extent_count = 1280 type = "vdo-pool" data = "vpool_vdata" header_size = 1024 virtual_extents = 4
        use_compression = 1 use_deduplication = 1 use_metadata_hints = 0 minimum_io_size = 4096 block_map_cache_size_mb = 128 block_map_era_length = 16380
        use_sparse_index = 0 index_memory_size_mb = 256 max_discard = 1 slab_size_mb = 2048 ack_threads = 1 bio_threads = 1 bio_rotation = 64
        cpu_threads = 2 hash_zone_threads = 1 logical_threads = 1 physical_threads = 1 write_policy = "auto"
      }
    }
    vpool_vdata {
      id = "eYv1Bm-o5Ba-5QWU-pvdq-7vgw-rKUX-7NYNb7" status = ["READ", "WRITE"] flags = [] segment_count = 1
      segment1 { start_extent = 0 extent_count = 1280 type = "striped" stripe_count = 1 stripes = [ "pv0", 0 ] }
    }
    thick {
      id = "cYv1Bm-o5Ba-5QWU-pvdq-7vgw-rKUX-7NYNb7" status = ["READ", "WRITE", "VISIBLE"] flags = [] segment_count = 1
      segment1 { start_extent = 0 extent_count = 1 type = "striped" stripe_count = 1 stripes = [ "pv0", 1280 ] }
    }
  }
}
CONF
make pvcreate --yes --uuid kYv1Bm-o5Ba-5QWU-pvdq-7vgw-rKUX-7NYNb7 --restorefile /tmp/vdo.conf /dev/ubdh
make vgcfgrestore -f /tmp/vdo.conf vdo
list vdo-volumes vdo
list vdo-volumes-all vdo --all
record vdo-snapshot lvcreate --yes --snapshot --name s-vdo --permission r $tags --size 4m vdo/data
record vdo-extend lvextend --extents 5 vdo/data
