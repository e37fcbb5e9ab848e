#!/usr/bin/env bash
# publish.sh ARCH FILE: publishes the native program for amd64 or arm64 (as Debian calls them) as FILE. The same sources and tool chain give the same bytes.
set -euo pipefail
arch=$1
file=$(realpath -m "$2")
cd "$(dirname "$0")/.."
. ./scripts/requirements.sh

require_dotnet
require_packages clang zlib1g-dev

case "$arch" in
  amd64) rid=linux-x64 machine=x86_64 ;;
  arm64) rid=linux-arm64 machine=aarch64 ;;
  *) echo "publish.sh: no native build for $arch; there is one for amd64 and arm64." >&2; exit 1 ;;
esac

# Neither the folder of the sources nor the commit gets into the program. Symbols for debugging, which it is published without, would bring both into the
# identities of its modules, and into the linker's build id.
output=$PWD/artifacts/publish/$arch
options=(-c Release -r "$rid" --artifacts-path "$output/build" --nologo -v quiet "-p:PathMap=$PWD/=/_/" -p:IncludeSourceRevisionInInformationalVersion=false -p:DebugType=none -p:NativeDebugSymbols=false)
if [ "$(uname -m)" != "$machine" ]; then
  if [ "$arch" != arm64 ]; then
    echo "publish.sh: $arch is only built on $arch." >&2
    exit 1
  fi
  require_packages lld gcc-aarch64-linux-gnu libc6-dev-arm64-cross
  options+=(-p:CppCompilerAndLinker=clang -p:LinkerFlavor=lld -p:ObjCopyName=aarch64-linux-gnu-objcopy)
fi

publish() {
  echo "Publishing for $rid ($(basename "$2"))." >&2
  dotnet publish src/BdSync.Cli "${options[@]}" "$@"
}

# From nothing, and apart from other builds of the sources: what was built with other options would be taken as it is.
rm -rf "$output"
variants=
if [ "$arch" = amd64 ]; then
  # One file that runs everywhere and uses what the processor has: see src/BdSync.Cli/Variants.
  variants=$output/variants
  for level in v3 v4; do
    publish -o "$variants/$level" -p:IlcInstructionSet=x86-64-$level
  done
fi
publish -o "$output/program" ${variants:+-p:VariantsFolder="$variants"}
install -D -m 755 "$output/program/bdsync" "$file"
