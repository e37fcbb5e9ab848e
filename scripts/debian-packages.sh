#!/usr/bin/env bash
# debian-packages.sh [--arch amd64|arm64]: makes the Debian packages, what they are made of and their checksums in artifacts/debian. Without --arch for both
# architectures; the one that is not this machine's is left out where its tool chain is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
. ./scripts/requirements.sh

name=bdsync-dotnet
case "$#:${1:-}" in
  0:) architectures=(amd64 arm64) given= ;;
  2:--arch) architectures=("$2") given=1 ;;
  *) echo "debian-packages.sh: the only option is --arch amd64 or --arch arm64." >&2; exit 1 ;;
esac

require_packages dpkg-dev binutils
version=$(get_version)
if [ "$(dpkg-parsechangelog -l packaging/debian/changelog -S Version)" != "$version" ]; then
  echo "debian-packages.sh: packaging/debian/changelog does not begin with version $version, that of Directory.Build.props." >&2
  exit 1
fi
SOURCE_DATE_EPOCH=$(dpkg-parsechangelog -l packaging/debian/changelog -S Timestamp)
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8 TZ=UTC

for file in bdsync.bash _bdsync bdsync.fish; do
  if [ ! -f "packaging/completions/$file" ]; then
    echo "debian-packages.sh: packaging/completions/$file is missing." >&2
    exit 1
  fi
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
./scripts/man-pages.sh "$work/man"

put() { install -D -m "$1" "$2" "$3"; }
compress() { gzip -9n < "$1" | install -D -m 644 /dev/stdin "$2"; }

# The newest version of glibc that the program asks for.
libc_version() { readelf --version-info "$1" | grep -o 'GLIBC_[0-9.]*' | sort -Vu | tail -n 1 | cut -d _ -f 2; }

# Where NuGet has the notices of the runtime that is compiled in.
runtime_notices() {
  local packages runtime
  packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
  runtime=$(jq -r '.components[] | select(.type == "framework").version' "$2")
  echo "$packages/microsoft.netcore.app.runtime.nativeaot.$1/$runtime/THIRD-PARTY-NOTICES.TXT"
}

make_package() {
  local arch=$1 root=$work/$1 rid page doc file sbom
  doc=$root/usr/share/doc/$name
  sbom=$work/out/${name}_${version}_$arch.cdx.json
  [ "$arch" = amd64 ] && rid=linux-x64 || rid=linux-arm64
  ./scripts/publish.sh "$arch" "$root/usr/bin/bdsync"
  ./scripts/sbom.sh BdSync.Cli "artifacts/publish/$arch/build" "$sbom" "$rid"

  ln -s bdsync "$root/usr/bin/bdsync-manager"
  for page in "$work"/man/man[1-8]/*; do
    compress "$page" "$root/usr/share/man/$(basename "$(dirname "$page")")/$(basename "$page").gz"
  done
  if [ -e "$root/usr/share/man/man1/bdsync-run.1.gz" ]; then
    ln -sf bdsync-run.1.gz "$root/usr/share/man/man1/bdsync-manager.1.gz"
  fi
  put 644 packaging/completions/bdsync.bash "$root/usr/share/bash-completion/completions/bdsync"
  ln -s bdsync "$root/usr/share/bash-completion/completions/bdsync-manager"
  put 644 packaging/completions/_bdsync "$root/usr/share/zsh/vendor-completions/_bdsync"
  put 644 packaging/completions/bdsync.fish "$root/usr/share/fish/vendor_completions.d/bdsync.fish"
  ln -s bdsync.fish "$root/usr/share/fish/vendor_completions.d/bdsync-manager.fish"
  for file in bdsync@.service bdsync@.timer; do
    put 644 "packaging/systemd/$file" "$root/usr/lib/systemd/system/$file"
  done
  install -d -m 755 "$root/etc/bdsync"
  put 644 packaging/bdsync.conf "$doc/examples/bdsync.conf"
  put 644 packaging/debian/copyright "$doc/copyright"
  put 644 packaging/debian/lintian-overrides "$root/usr/share/lintian/overrides/$name"
  compress packaging/debian/changelog "$doc/changelog.gz"
  compress CHANGELOG.md "$doc/CHANGELOG.md.gz"
  compress "$(runtime_notices "$rid" "$sbom")" "$doc/dotnet-third-party-notices.gz"
  put 644 "$sbom" "$doc/sbom.cdx.json"

  install -d -m 755 "$root/DEBIAN"
  for file in prerm postrm; do
    put 755 "packaging/debian/$file" "$root/DEBIAN/$file"
  done
  sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@LIBC@/$(libc_version "$root/usr/bin/bdsync")/" \
    -e "s/@SIZE@/$(installed_size "$root")/" packaging/debian/control.in > "$root/DEBIAN/control"
  (cd "$root" && find . -path ./DEBIAN -prune -o -type f -printf '%P\0' | sort -z | xargs -0 md5sum) > "$root/DEBIAN/md5sums"
  find "$root" -type d -exec chmod 755 {} +
  dpkg-deb --root-owner-group -Zxz --build "$root" "$work/out" >/dev/null
}

# In KiB, each file rounded up and each other entry as one, as dpkg-gencontrol counts: the same on each file system.
installed_size() { find "$1" -path "$1/DEBIAN" -prune -o -type f -printf '%s\n' -o -printf '0\n' | awk '{ total += $1 ? int(($1 + 1023) / 1024) : 1 } END { print total }'; }

mkdir "$work/out"
for arch in "${architectures[@]}"; do
  # Not in a condition: errors would not end it there.
  set +e
  (set -e; make_package "$arch")
  status=$?
  set -e
  if [ "$status" -ne 0 ]; then
    if [ -n "$given" ] || [ "$arch" = "$(dpkg --print-architecture)" ]; then
      exit 1
    fi
    echo "debian-packages.sh: there is no package for $arch: it could not be built on this machine, as said above. Going on without it." >&2
    rm -f "$work/out/"*"_$arch."*
  fi
done

./scripts/checksums.sh "$work/out"
rm -rf artifacts/debian
mkdir -p artifacts
cp -r "$work/out" artifacts/debian
ls -l artifacts/debian
