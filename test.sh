#!/usr/bin/env bash
# Builds everything and runs all tests. The last line says how many passed and failed.
#   BDSYNC_STOCK=/path/to/bdsync     runs the tests against the C tool, too
#   BDSYNC_TEST_DISALLOW_SKIP=1      a test that can't run here fails (but for the C tool's)
set -uo pipefail
cd "$(dirname "$0")"
. ./scripts/requirements.sh

require_dotnet
require_packages e2fsprogs mount util-linux bsdutils procps xxhash gzip zstd qemu-user openssh-client openssh-server lvm2 thin-provisioning-tools dmsetup busybox-static bash-completion zsh fish
# To make packages, and to look at them.
require_packages git clang zlib1g-dev lld gcc-aarch64-linux-gnu libc6-dev-arm64-cross binutils dpkg-dev lintian pandoc mandoc man-db systemd jq
# Without it the tests that boot it are skipped, and say so.
./scripts/user-mode-linux.sh || true

log=$(mktemp)
trap 'rm -f "$log"' EXIT

fail() {
  echo "$1" >&2
  echo "0 passed, 1 failed"
  exit 1
}

dotnet build -c Release --nologo -v quiet || fail "The build failed."

# One project after the other: tests with time limits must not starve each other. What was skipped is summed up below.
dotnet test --no-build -c Release --max-parallel-test-modules 1 --output Normal 2>&1 | tee "$log" | sed -u '/^skipped /,/^  from /d'
status=${PIPESTATUS[0]}

# In the log, what belongs to a test is indented below its name.
show_failed() { awk -v lines=25 '/^[^ ]/ { left = /^failed / ? lines : 0 } left-- > 0' "$log"; }
show_skipped() { awk '/^skipped / { getline; sub(/^ */, ""); count[$0]++ } END { for (reason in count) print count[reason], "skipped:", reason }' "$log"; }
count() { awk -v key="$1:" '$1 == key { n = $2 } END { print n + 0 }' "$log"; }
passed=$(count succeeded)
failed=$(count failed)
if [ "$failed" -gt 0 ]; then
  printf '\nWhat failed, once more:\n'
  show_failed
fi
show_skipped
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
  echo "The test run ended with exit status $status." >&2
  failed=1
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
