#!/bin/bash
# Makes a Debian 11 (glibc 2.31) in a directory, once, and prints the directory.
#   bullseye.sh base    nothing but the minimal system: bundles are tried in a copy of it
#   bullseye.sh build   the same with g++, make and patchelf: releases are built in it
# The directories lie in $CUDAPROBE_BULLSEYE, by default out/bullseye.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cache=${CUDAPROBE_BULLSEYE:-$root/out/bullseye}
mirror=${CUDAPROBE_BULLSEYE_MIRROR:-http://deb.debian.org/debian}

# What is mounted on the way is mounted in a namespace of this script, so nothing can be left behind.
if [ "${1:-}" != --inside ]; then
  [ "$(id -u)" = 0 ] || { echo "bullseye.sh: needs root, for chroot" >&2; exit 1; }
  exec unshare --mount --propagation private "$0" --inside "$@"
fi
shift

# make_once NAME COMMAND...: the command gets a directory to fill, which has the name only when whole.
make_once() {
  local name=$1 partial=$cache/$1.partial
  shift
  [ ! -d "$cache/$name" ] || return 0
  rm -rf --one-file-system "$partial"
  mkdir -p "$cache"
  "$@" "$partial" >"$cache/$name.log" 2>&1 || { tail -n 20 "$cache/$name.log" >&2; exit 1; }
  mv "$partial" "$cache/$name"
}

install_base() {
  debootstrap --variant=minbase bullseye "$1" "$mirror"
}

install_build() {
  cp -a "$cache/base" "$1"
  chroot "$1" apt-get update
  DEBIAN_FRONTEND=noninteractive chroot "$1" apt-get install -y --no-install-recommends \
    g++ make patchelf
}

case ${1:-} in
  base) make_once base install_base ;;
  build)
    make_once base install_base
    make_once build install_build
    ;;
  *)
    echo "usage: bullseye.sh base|build" >&2
    exit 2
    ;;
esac
echo "$cache/$1"
