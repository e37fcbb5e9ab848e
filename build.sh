#!/usr/bin/env bash
# Publishes the native program as artifacts/bdsync. Installs what it needs when run by root.
#   --packages                    makes the NuGet packages in artifacts/packages instead
#   --deb [--arch amd64|arm64]    makes the Debian packages in artifacts/debian instead; without --arch for both, as far as the tool chain is there
set -euo pipefail
cd "$(dirname "$0")"

case "${1:-}" in
  '') ;;
  --packages) exec ./scripts/nuget-packages.sh ;;
  --deb) shift; exec ./scripts/debian-packages.sh "$@" ;;
  *) echo "build.sh: $1 is unknown; see the lines at its top." >&2; exit 1 ;;
esac

case "$(uname -m)" in
  x86_64) arch=amd64 ;;
  aarch64) arch=arm64 ;;
  *) echo "build.sh: no native build for $(uname -m)." >&2; exit 1 ;;
esac

./scripts/publish.sh "$arch" artifacts/bdsync
ls -l artifacts/bdsync
