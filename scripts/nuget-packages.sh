#!/usr/bin/env bash
# Packs the libraries and the program, as a .NET tool, into artifacts/packages, with their SBOMs and checksums. The same commit gives the same bytes, in any folder.
#   VERSION=1.2.3-rc.1    the version, in place of the one in Directory.Build.props
set -euo pipefail
cd "$(dirname "$0")/.."
. ./scripts/requirements.sh

require_dotnet

# The tool shall run on any .NET 10, not only on one as new as this SDK's.
properties=(-p:ContinuousIntegrationBuild=true -p:TargetLatestRuntimePatch=false)
[ -z "${VERSION:-}" ] || properties+=("-p:Version=$VERSION")

# Without git, as in an unpacked archive: the first time that a zip file can hold.
SOURCE_DATE_EPOCH=315532800
if [ -e .git ]; then
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
  case "$(git remote get-url origin 2>/dev/null || true)" in
    http://*@* | https://*@*) ;; # It may carry a password.
    http://* | https://*) properties+=("-p:RepositoryUrl=$(git remote get-url origin)" -p:RepositoryType=git) ;;
  esac
fi
export SOURCE_DATE_EPOCH

version=${VERSION:-$(get_version)}

# Beside the outputs of other builds, which it must not disturb.
rm -rf artifacts/packages artifacts/packing
for project in BdSync.Protocol BdSync.Lvm BdSync.Cli; do
  dotnet pack "src/$project" -c Release --nologo -v quiet --artifacts-path "$PWD/artifacts/packing" -o artifacts/packages "${properties[@]}"
  [ "$project" = BdSync.Cli ] && id=BdSync.Tool || id=$project
  ./scripts/sbom.sh "$project" artifacts/packing "artifacts/packages/$id.$version.cdx.json"
done
rm -rf artifacts/packing
./scripts/checksums.sh artifacts/packages
ls -l artifacts/packages
