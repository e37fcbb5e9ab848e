#!/usr/bin/env bash
# sbom.sh PROJECT BUILD FILE [RID]: writes what a project of src consists of as FILE, in CycloneDX's JSON. BUILD is the artifacts path that it was built in. With a
# runtime identifier for a native program, which has the runtime in it.
set -euo pipefail
project=$1
build=$(realpath -m "$2")
file=$(realpath -m "$3")
rid=${4:-}
cd "$(dirname "$0")/.."
. ./scripts/requirements.sh

if [ ! -d "$build" ]; then
  echo "sbom.sh: build $project in $build first." >&2
  exit 1
fi
require_dotnet
require_packages jq

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }; }
[ "$project" = BdSync.Cli ] && name=bdsync || name=$project
version=${VERSION:-$(get_version)}
run dotnet tool restore
run dotnet tool run dotnet-CycloneDX "src/$project/$project.csproj" --base-intermediate-output-path "$build" --recursive --disable-package-restore --framework net10.0 ${rid:+--runtime "$rid"} \
  --set-name "$name" --set-version "$version" --spec-version 1.6 --no-serial-number --output-format UnsafeJson --output "$work" --filename bom.json

# Only what is shipped, nothing that says when and by which tool this was written, and for a native program the runtime, which comes with the compiler.
# K4os.Hash.xxHash names its licence, MIT, by an address only.
jq --sort-keys --arg rid "$rid" '
  [.components[] | select($rid != "" and .name == "Microsoft.DotNet.ILCompiler")
    | "pkg:nuget/Microsoft.NETCore.App.Runtime.NativeAOT.\($rid)@\(.version)" as $ref
    | {type: "framework", "bom-ref": $ref, name: "Microsoft.NETCore.App.Runtime.NativeAOT.\($rid)", version, scope: "required",
        authors: [{name: "Microsoft"}], licenses: [{license: {id: "MIT"}}], purl: $ref}] as $runtime
  | del(.metadata.timestamp, .metadata.tools)
  | .metadata.component.licenses = [{license: {id: "MIT"}}]
  | .components |= (map(select(.scope == "required")
      | if .name == "K4os.Hash.xxHash" then .licenses = [{license: {id: "MIT"}}] else . end)
      + $runtime
      | sort_by(."bom-ref"))
  | ([.metadata.component."bom-ref"] + (.components | map(."bom-ref"))) as $refs
  | .dependencies |= (map(select(.ref | IN($refs[])) | if .dependsOn then .dependsOn |= (map(select(IN($refs[]))) | sort) else . end)
      | map(if .ref == $refs[0] then .dependsOn += ($runtime | map(.purl)) else . end) + ($runtime | map({ref: .purl}))
      | sort_by(.ref))' "$work/bom.json" > "$file"
