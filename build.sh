#!/usr/bin/env bash
# Publishes the native program as artifacts/bdsync. Installs what it needs when run by root.
set -euo pipefail
cd "$(dirname "$0")"
. ./scripts/requirements.sh

require_dotnet
require_packages clang zlib1g-dev

case "$(uname -m)" in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "build.sh: no native build for $(uname -m)." >&2; exit 1 ;;
esac

out=artifacts/publish
rm -rf "$out"
dotnet publish src/BdSync.Cli -c Release -r "$rid" -o "$out" --nologo -v quiet
install -m 755 "$out/bdsync" artifacts/bdsync
ls -l artifacts/bdsync
