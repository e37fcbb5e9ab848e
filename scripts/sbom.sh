#!/usr/bin/env bash
# sbom.sh ARCH FILE: writes what the native program for amd64 or arm64 is made of as FILE, in CycloneDX's JSON. The program has been published before.
set -euo pipefail
file=$(realpath -m "$2")
case "$1" in
  amd64) rid=linux-x64 ;;
  arm64) rid=linux-arm64 ;;
  *) echo "sbom.sh: there is no program for $1." >&2; exit 1 ;;
esac
cd "$(dirname "$0")/.."
. ./scripts/requirements.sh

build=$PWD/artifacts/publish/$1/build
if [ ! -d "$build" ]; then
  echo "sbom.sh: publish the program for $1 first." >&2
  exit 1
fi
require_dotnet
require_packages jq

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }; }
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' Directory.Build.props)
run dotnet tool restore
run dotnet tool run dotnet-CycloneDX src/BdSync.Cli/BdSync.Cli.csproj --base-intermediate-output-path "$build" --recursive --disable-package-restore --framework net10.0 --runtime "$rid" \
  --set-name bdsync --set-version "$version" --spec-version 1.6 --no-serial-number --output-format UnsafeJson --output "$work" --filename bom.json

# Only what ends up in the program, nothing that says when and by which tool this was written, and the runtime, which comes with the compiler. K4os.Hash.xxHash
# names its licence, MIT, by an address only.
jq --sort-keys --arg rid "$rid" '
  (.components[] | select(.name == "Microsoft.DotNet.ILCompiler").version) as $runtime
  | "pkg:nuget/Microsoft.NETCore.App.Runtime.NativeAOT.\($rid)@\($runtime)" as $runtimeRef
  | del(.metadata.timestamp, .metadata.tools)
  | .metadata.component.licenses = [{license: {id: "MIT"}}]
  | .components |= (map(select(.scope == "required")
      | if .name == "K4os.Hash.xxHash" then .licenses = [{license: {id: "MIT"}}] else . end)
      + [{type: "framework", "bom-ref": $runtimeRef, name: "Microsoft.NETCore.App.Runtime.NativeAOT.\($rid)", version: $runtime, scope: "required",
          authors: [{name: "Microsoft"}], licenses: [{license: {id: "MIT"}}], purl: $runtimeRef}]
      | sort_by(."bom-ref"))
  | ([.metadata.component."bom-ref"] + (.components | map(."bom-ref"))) as $refs
  | .dependencies |= (map(select(.ref | IN($refs[])) | if .dependsOn then .dependsOn |= (map(select(IN($refs[]))) | sort) else . end)
      | map(if .ref == $refs[0] then .dependsOn += [$runtimeRef] else . end) + [{ref: $runtimeRef}]
      | sort_by(.ref))' "$work/bom.json" > "$file"
