#!/bin/bash
# Builds the container image from source on a Debian 12 made here, and runs it as Kubernetes would: not as
# root, without a capability, on a root that cannot be written. Needs root, for chroot; no container engine but buildah.
#   image-test.sh              builds from source
#   image-test.sh --archive    takes the bundle that bundle.sh made last
set -euo pipefail

cd "$(dirname "$0")/.."
if [ "${1:-}" != --inside ]; then
  [ "$(id -u)" = 0 ] || { echo "image-test.sh: needs root, for chroot" >&2; exit 1; }
  # Mounts are made in a namespace of this script, so nothing can be left behind.
  exec unshare --mount --propagation private scripts/image-test.sh --inside "$@"
fi
case ${2:-} in
  --archive) bundle=archive ;;
  '') bundle=source ;;
  *)
    echo "usage: image-test.sh [--archive]" >&2
    exit 2
    ;;
esac
version=$(node -p 'require("./package.json").version')

work=$(mktemp -d)
init='' root=''
clean_up() {
  [ -z "$init" ] || kill -KILL "$init" 2>/dev/null || true
  [ -z "$root" ] || umount --recursive --lazy "$root" 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap clean_up EXIT

# fail MESSAGE: says what the daemon said.
fail() {
  echo "image-test.sh: $1" >&2
  [ ! -f "$work/log" ] || tail -n 40 "$work/log" >&2
  exit 1
}

# The engine's images and containers lie in the work directory, and chroot is all it isolates with.
export CONTAINERS_STORAGE_CONF=$work/storage.conf BUILDAH_ISOLATION=chroot
cat >"$CONTAINERS_STORAGE_CONF" <<END
[storage]
driver = "vfs"
graphroot = "$work/images"
runroot = "$work/run"
END

# make_base NAME: an image of a directory that image-bases.sh made.
make_base() {
  local container
  container=$(buildah from scratch)
  tar -c -C "$bases/$1" --exclude=./dev --exclude=./proc --exclude=./sys . | tar -x -C "$(buildah mount "$container")"
  buildah commit --quiet --rm "$container" "base-$1" >/dev/null
}

build() {
  local options=(--build-arg=BASE=localhost/base-run --build-arg="BUNDLE=$bundle")
  bases=$(scripts/image-bases.sh)
  make_base run
  if [ "$bundle" = source ]; then
    make_base build
    options+=(--build-arg=BUILD_BASE=localhost/base-build)
  fi
  CUDAPROBE_CONTAINER_ENGINE=buildah scripts/image.sh "${options[@]}" >"$work/build.log" 2>&1 ||
    { tail -n 40 "$work/build.log" >&2; fail "the image was not built"; }
}

# config EXPRESSION: of the image's configuration, as JavaScript; a line each of an array.
config() {
  node -p "const c = JSON.parse(process.argv[1]).OCIv1.config; [c.$1].flat().join('\n')" "$inspected"
}

# As an engine prepares it: a root that is read-only with a configuration, and the state and /tmp to write to.
prepare_root() {
  local container
  container=$(buildah from "localhost/cudaprobe:$version")
  inspected=$(buildah inspect "$container")
  root=$(buildah mount "$container")
  mkdir -p "$root/dev" "$root/proc" "$root/sys" "$root/etc/cudaprobe"
  sed '/^probes:$/a\  - { name: under_mps, kind: footprint, mps: true, schedule: "* * * * *" }' \
    config/cudaprobe.yml >"$root/etc/cudaprobe/cudaprobe.yml"
  mount --bind "$root" "$root"
  mount --rbind /dev "$root/dev"
  mount -t tmpfs tmpfs "$root/tmp"
  mount -t tmpfs -o mode=0700,uid=65532,gid=65532 tmpfs "$root/var/lib/cudaprobe"
  mount -o remount,bind,ro "$root"
}

# start COMMAND...: in a PID namespace of its own, where it is the first process.
start() {
  local unshared user group environment
  IFS=: read -r user group <<<"$(config User)"
  mapfile -t environment < <(config Env)
  unshare --pid --fork --mount-proc="$root/proc" env -i "${environment[@]}" chroot "$root" \
    setpriv --reuid="$user" --regid="$group" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
    "$@" >"$work/log" 2>&1 &
  unshared=$!
  started=$unshared
  for _ in $(seq 100); do
    init=$(pgrep --parent "$unshared" || true)
    [ -z "$init" ] || return 0
    sleep 0.05
  done
  fail "nothing was started"
}

# Leaves the first process a child that has ended, and that nobody has waited for.
leave_an_orphan() {
  nsenter --target "$init" --pid sh -c 'sh -c "exit 0" & exec true'
}

no_zombie() {
  [ -z "$(ps -o stat= --ppid "$init" | sed -n '/^Z/p')" ]
}

# until_true SECONDS COMMAND...
until_true() {
  local tries=$(($1 * 5))
  shift
  for _ in $(seq "$tries"); do
    "$@" && return 0
    sleep 0.2
  done
  return 1
}

scrape() {
  kill -0 "$init" 2>/dev/null || fail "the container ended"
  curl -sf "http://127.0.0.1:$port$1"
}

# Until a run of each probe has succeeded: then processes, shared memory, handles of memory and MPS have all worked.
has_all() {
  local probe
  scrape /metrics >"$work/metrics" || return 1
  for probe in cold_start process_memory footprint function_ipc cuda_ipc under_mps; do
    grep -q "^cudaprobe_run_success{.*probe=\"$probe\".*} 1$" "$work/metrics" || return 1
  done
}

is_ready() {
  scrape /-/ready >/dev/null
}

stop() {
  local code=0
  kill -TERM "$init"
  wait "$started" || code=$?
  init=
  [ "$code" = 0 ] || fail "SIGTERM ended it with exit code $code"
}

build
prepare_root
[ "$(config Cmd)" = $'serve\n--driver=nvidia' ] || fail "it does not serve by default: $(config Cmd)"
config Env | grep -qx 'NVIDIA_DRIVER_CAPABILITIES=compute,utility' || fail "it does not ask for the driver"
size=$(du -sm --one-file-system "$root" | cut -f 1)
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
  console.log(s.address().port); s.close(); })')
mapfile -t entrypoint < <(config Entrypoint)
serve=(serve --driver=emulator --web.listen-address="127.0.0.1:$port")

start "${entrypoint[@]}" "${serve[@]}"
until_true 120 has_all || { grep '^cudaprobe_run_success' "$work/metrics" >&2; fail "not every probe has succeeded in two minutes"; }
grep -q '^cudaprobe_driver_info{.*backend="emulator"' "$work/metrics" || fail "no emulator"
grep -q '^cudaprobe_up 1$' "$work/metrics" || fail "the daemon is not up"
grep -q "^cudaprobe_build_info{.*version=\"$version\"" "$work/metrics" || fail "it is of another version"
[ "$(ps -o uid= --pid "$init" | tr -d ' ')" = 65532 ] || fail "it runs as root"
! grep 'level=\(warn\|error\)' "$work/log" | grep -qv EMULATOR || fail "it warns of something"
leave_an_orphan
until_true 10 no_zombie || fail "a process that has ended is still there"
stop

# The twin: without its init the same orphan stays, which shows that it is needed and that this would be seen.
start cudaprobe "${serve[@]}"
until_true 60 is_ready || fail "it is not ready in a minute"
leave_an_orphan
! until_true 1 no_zombie || fail "an init is not needed"
kill -KILL "$init"
init=

echo "cudaprobe:$version, built from its $bundle, runs in Debian 12: $size MiB, $(grep -c '^cudaprobe_' "$work/metrics") cudaprobe_ series"
