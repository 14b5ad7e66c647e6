#!/bin/bash
# Starts a bundle in a Debian 11 that has nothing else, scrapes it, and stops it.
#   bundle-test.sh [ARCHIVE]    by default the one that bundle.sh made last
set -euo pipefail

cd "$(dirname "$0")/.."
if [ "${1:-}" != --inside ]; then
  [ "$(id -u)" = 0 ] || { echo "bundle-test.sh: needs root, for chroot" >&2; exit 1; }
  # Mounts are made in a namespace of this script, so nothing can be left behind.
  exec unshare --mount --propagation private scripts/bundle-test.sh --inside "$@"
fi
version=$(node -p 'require("./package.json").version')
name=cudaprobe-$version-linux-x64
archive=${2:-out/$name.tar.xz}

chroot=$(command -v chroot)
daemon=
work=$(mktemp -d)
clean_up() {
  [ -z "$daemon" ] || kill -KILL "$daemon" 2>/dev/null || true
  mountpoint -q "$work/debian/proc" && umount "$work/debian/proc"
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

# fail MESSAGE: says what the daemon said.
fail() {
  echo "bundle-test.sh: $1" >&2
  [ ! -f "$work/log" ] || tail -n 40 "$work/log" >&2
  exit 1
}

cp -a "$(scripts/debian.sh base)" "$work/debian"
mount -t proc proc "$work/debian/proc"
mkdir -p "$work/debian/opt"
tar -xf "$archive" -C "$work/debian/opt"
ln -s "/opt/$name/bin/cudaprobe" "$work/debian/usr/local/bin/cudaprobe"
# The C++ runtime has to be the bundle's own, as far as it has one.
[ ! -f "$work/debian/opt/$name/lib/libstdc++.so.6" ] ||
  rm "$work/debian"/usr/lib/x86_64-linux-gnu/libstdc++.so.6*

in_debian() {
  exec env -i PATH=/usr/local/bin:/usr/bin:/bin "$chroot" "$work/debian" "$@"
}

said=$(in_debian cudaprobe --version)
[[ $said == *"$version"* ]] || fail "--version says $said"
grep -q "^.TH CUDAPROBE 1 .*$version" "$work/debian/opt/$name/share/man/man1/cudaprobe.1" ||
  fail "there is no manual page of this version"

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
  console.log(s.address().port); s.close(); })')
in_debian cudaprobe serve --driver=emulator --web.listen-address="127.0.0.1:$port" \
  --storage.path=/var/lib/cudaprobe >"$work/log" 2>&1 &
daemon=$!

# Until the first run has ended: then the launcher, a probe and the emulator have all worked.
wanted='^cudaprobe_cold_start_duration_seconds_count{.*} [1-9]'
for _ in $(seq 60); do
  kill -0 "$daemon" 2>/dev/null || fail "the daemon ended"
  curl -sf "http://127.0.0.1:$port/metrics" >"$work/metrics" && grep -q "$wanted" "$work/metrics" && break
  sleep 0.5
done
grep -q "$wanted" "$work/metrics" || fail "no cold start in 30 s"
grep -q '^cudaprobe_driver_info{.*backend="emulator"' "$work/metrics" || fail "no emulator"
grep -q '^cudaprobe_up 1$' "$work/metrics" || fail "the daemon is not up"

curl -sf "http://127.0.0.1:$port/" >"$work/page" || fail "no page"
assets=$(grep -o '/assets/[^"]*' "$work/page" | sort -u)
[ -n "$assets" ] || fail "a page without assets"
for asset in $assets; do
  curl -sf "http://127.0.0.1:$port$asset" >/dev/null || fail "no $asset"
done

kill -TERM "$daemon"
code=0
wait "$daemon" || code=$?
daemon=
[ "$code" = 0 ] || fail "SIGTERM ended it with exit code $code"
echo "$name runs in Debian 11: $(grep -c '^cudaprobe_' "$work/metrics") cudaprobe_ series"
