#!/usr/bin/env bash
# The main job on real data: a file system and an older copy of it, compared over a pipe, patched, and proven the same.
# On loop devices where run by root, else on image files. Takes less than a minute, and the first time some more to build the program.
set -euo pipefail
cd "$(dirname "$0")"
. ./scripts/requirements.sh
require_packages e2fsprogs mount util-linux
[ -x artifacts/bdsync ] || ./build.sh

bdsync=$PWD/artifacts/bdsync
size=256M
work=$(mktemp -d)
loops=()
mounted=

cleanup() {
  [ -n "$mounted" ] && umount "$work/mnt"
  for loop in "${loops[@]}"; do losetup -d "$loop"; done
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
seconds() { date +%s.%N; }
per_second() { awk -v b="$1" -v s="$2" 'BEGIN { printf "%.2f s, %.2f GB/s", s, b / s / 1e9 }'; }
elapsed() { awk -v a="$1" -v b="$2" 'BEGIN { print b - a }'; }
number() { printf "%'d" "$1"; }

say "1. A file system with some files in it"
mkdir "$work/files" "$work/mnt"
for n in $(seq 1 40); do head -c 3M /dev/urandom > "$work/files/data-$n"; done
cp ./*.sh "$work/files/"
truncate -s "$size" "$work/source.img"
mkfs.ext4 -q -d "$work/files" "$work/source.img"
cp --sparse=always "$work/source.img" "$work/target.img"
source=$work/source.img target=$work/target.img
if [ "$(id -u)" -eq 0 ] && loop=$(losetup -f --show "$source" 2>/dev/null); then
  loops+=("$loop") source=$loop
  target=$(losetup -f --show "$target")
  loops+=("$target")
fi
echo "   source: $source"
echo "   target: $target, an exact copy so far"

say "2. Time passes: files are changed, added and removed on the source"
if [ ${#loops[@]} -gt 0 ]; then
  mount "$source" "$work/mnt"
  mounted=yes
  head -c 1M /dev/urandom | dd of="$work/mnt/data-7" bs=64K seek=16 conv=notrunc status=none
  head -c 2M /dev/urandom > "$work/mnt/new"
  rm "$work/mnt/data-13"
  umount "$work/mnt"
  mounted=
else
  head -c 2M /dev/urandom > "$work/new"
  debugfs -w -R "write $work/new new" "$source" 2>/dev/null
  debugfs -w -R "rm data-13" "$source" 2>/dev/null
fi
bytes=$(blockdev --getsize64 "$source" 2>/dev/null || stat -c %s "$source")
echo "   bytes that differ now: $(number "$(cmp -l "$source" "$target" | wc -l)") of $(number "$bytes")"

say "3. Compare: bdsync 'bdsync --server' SOURCE TARGET > patch"
start=$(seconds)
"$bdsync" "$bdsync --server" "$source" "$target" > "$work/patch"
end=$(seconds)
echo "   compared in $(per_second "$bytes" "$(elapsed "$start" "$end")")"
echo "   patch: $(number "$(stat -c %s "$work/patch")") bytes; over ssh only this and a digest per block would travel"

say "4. Apply: bdsync --patch < patch"
start=$(seconds)
"$bdsync" --patch < "$work/patch"
end=$(seconds)
echo "   applied and flushed in $(awk -v s="$(elapsed "$start" "$end")" 'BEGIN { printf "%.2f s", s }')"

say "5. Proof"
cmp "$source" "$target"
echo "   cmp: source and target are the same, byte for byte"
echo "   sha256: $(sha256sum < "$target" | cut -d' ' -f1)"
e2fsck -fn "$target" >/dev/null 2>&1
echo "   e2fsck -fn: the target's file system is clean"
[ "$("$bdsync" "$bdsync --server" "$source" "$target" | wc -c)" -lt 200 ]
echo "   a second comparison finds nothing to do"
