#!/usr/bin/env bash
# Puts Debian's User-mode Linux into artifacts/user-mode-linux, unless it is there: a kernel with device-mapper that runs as an ordinary process. The
# tests of LVM boot it. It is not installed.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/artifacts/user-mode-linux
[ -x "$folder/usr/bin/linux.uml" ] && exit
if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
  echo "User-mode Linux comes as a Debian package, and there is no apt-get here." >&2
  exit 1
fi

mkdir -p artifacts
work=$(mktemp -d -p artifacts)
trap 'rm -rf "$work"' EXIT
download() { (cd "$work" && apt-get -qq -o APT::Sandbox::User= download user-mode-linux); }
download 2>/dev/null || { [ "$(id -u)" -ne 0 ] || apt-get update -qq >/dev/null; download; }
dpkg -x "$work"/user-mode-linux_*.deb "$work/user-mode-linux"

# As a whole or not at all.
rm -rf "$folder"
mv "$work/user-mode-linux" "$folder"
