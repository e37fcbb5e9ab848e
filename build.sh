#!/usr/bin/env bash
# Publishes the native program as artifacts/bdsync. Installs what it needs when run by root.
#   --packages    makes the NuGet packages in artifacts/packages instead
#   --deb         makes the Debian packages in artifacts/debian instead
set -euo pipefail
cd "$(dirname "$0")"
. ./scripts/requirements.sh

case "${1:-}" in
  '') ;;
  --packages) exec ./scripts/nuget-packages.sh ;;
  --deb) exec ./scripts/debian-packages.sh ;;
  *) echo "build.sh: $1 is unknown; see the lines at its top." >&2; exit 1 ;;
esac

require_dotnet
require_packages clang zlib1g-dev

case "$(uname -m)" in
  x86_64) rid=linux-x64 ;;
  aarch64) rid=linux-arm64 ;;
  *) echo "build.sh: no native build for $(uname -m)." >&2; exit 1 ;;
esac

publish() {
  dotnet publish src/BdSync.Cli -c Release -r "$rid" --nologo -v quiet "$@"
}

rm -rf artifacts/publish
variants=
if [ "$rid" = linux-x64 ]; then
  # One file that runs everywhere and uses what the processor has: see src/BdSync.Cli/Variants.
  variants=$PWD/artifacts/publish/variants
  for level in v3 v4; do
    publish -o "$variants/$level" -p:IlcInstructionSet=x86-64-$level
  done
fi
publish -o artifacts/publish/program ${variants:+-p:VariantsFolder="$variants"}
install -m 755 artifacts/publish/program/bdsync artifacts/bdsync
ls -l artifacts/bdsync
