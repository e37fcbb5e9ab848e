#!/usr/bin/env bash
# checksums.sh FOLDER: writes SHA256SUMS of the folder's files into it, for `sha256sum --check SHA256SUMS` there.
set -euo pipefail
cd "$1"
export LC_ALL=C
rm -f SHA256SUMS
sums=$(find . -maxdepth 1 -type f -printf '%P\0' | sort -z | xargs -0r sha256sum --)
printf '%s\n' "$sums" > SHA256SUMS
