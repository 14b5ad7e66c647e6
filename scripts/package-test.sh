#!/bin/bash
# Installs the Debian package in a Debian 12 that systemd runs, and lets test/package/inside.sh
# try it there: started, watched, upgraded, removed. Needs root, for systemd-nspawn.
#   package-test.sh
set -euo pipefail

cd "$(dirname "$0")/.."
[ "$(id -u)" = 0 ] || { echo "package-test.sh: needs root, for systemd-nspawn" >&2; exit 1; }
version=$(node -p 'require("./package.json").version')
next=$version+next

debian=$(scripts/debian.sh systemd)
work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
cp -a "$debian" "$work/debian"

scripts/package.sh "$next"
mkdir "$work/debian/test"
mv "out/cudaprobe_${next}_amd64.deb" "$work/debian/test/next.deb"
scripts/package.sh
cp "out/cudaprobe_${version}_amd64.deb" "$work/debian/test/first.deb"
cp -r test/package/. "$work/debian/test"
install -m 644 test/package/package-test.service "$work/debian/etc/systemd/system"
mkdir -p "$work/debian/etc/systemd/system/multi-user.target.wants"
ln -s ../package-test.service "$work/debian/etc/systemd/system/multi-user.target.wants"

# It ends itself when the test has.
timeout 600 systemd-nspawn --quiet --directory="$work/debian" --boot --register=no --keep-unit \
  --private-network --console=pipe </dev/null >"$work/console" 2>&1 || true
cat "$work/debian/test/log" || { tail -n 50 "$work/console" >&2; exit 1; }
[ "$(tail -n 1 "$work/debian/test/log")" = "all is well" ]
