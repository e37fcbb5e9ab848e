#!/usr/bin/env bash
# man-pages.sh FOLDER: makes the manual pages of docs/man in FOLDER/man1 and FOLDER/man5, with the version of Directory.Build.props and the date of the
# package's changelog, and checks them.
set -euo pipefail
mkdir -p "$1"
folder=$(realpath "$1")
cd "$(dirname "$0")/.."
. ./scripts/requirements.sh

require_packages pandoc mandoc man-db dpkg-dev

shopt -s nullglob
sources=(docs/man/*.[1-8].md)
if [ ${#sources[@]} -eq 0 ]; then
  echo "man-pages.sh: there are no pages in docs/man." >&2
  exit 1
fi

# What pandoc writes for its own font V is not understood by all readers, and a paragraph begins behind a heading by itself.
tidy() {
  awk '/^\.\\" Define V font/ { skipping = 1 }
    skipping { ends += /^\.\\}$/; skipping = ends < 2; next }
    /^\.PP$/ && heading { next }
    /^\\f\[C\]$/ { next }
    { heading = /^\.S[HS] /; gsub(/\\f\[V[BI]*\]/, "\\f[B]"); print }'
}

version=$(get_version)
date=$(date -u -d "$(dpkg-parsechangelog -l packaging/debian/changelog -S Date)" +%Y-%m-%d)
pages=()
for source in "${sources[@]}"; do
  name=$(basename "$source" .md)
  page=$folder/man${name##*.}/$name
  mkdir -p "$(dirname "$page")"
  pandoc -s -f markdown-smart -t man -M date="$date" -M footer="bdsync $version" "$source" | tidy > "$page"
  pages+=("$page")
done
if [ -e "$folder/man1/bdsync-run.1" ]; then
  echo '.so man1/bdsync-run.1' > "$folder/man1/bdsync-manager.1"
fi

bad=
for page in "${pages[@]}"; do
  said=$(LC_ALL=C.UTF-8 MANWIDTH=100 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null || true)
  said+=$(mandoc -T lint -W warning "$page" 2>&1 || true)
  if [ -n "$said" ]; then
    printf '%s:\n%s\n' "$page" "$said" >&2
    bad=1
  fi
done
[ -z "$bad" ]
