#!/bin/bash
# Makes a Debian in a directory, once, and prints the directory.
#   debian.sh base      Debian 11 (glibc 2.31), the minimal system: bundles are tried in a copy of it
#   debian.sh build     the same with g++, make and patchelf: releases are built in it
#   debian.sh systemd   Debian 12 with systemd: packages are installed and started in a copy of it
# The directories lie in $CUDAPROBE_DEBIAN, by default out/debian.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cache=${CUDAPROBE_DEBIAN:-$root/out/debian}
mirror=${CUDAPROBE_DEBIAN_MIRROR:-http://deb.debian.org/debian}

# What is mounted on the way is mounted in a namespace of this script, so nothing can be left behind.
if [ "${1:-}" != --inside ]; then
  [ "$(id -u)" = 0 ] || { echo "debian.sh: needs root, for chroot" >&2; exit 1; }
  exec unshare --mount --propagation private "$0" --inside "$@"
fi
shift

# shellcheck source=scripts/make-once.sh
. "$root/scripts/make-once.sh"

install_base() {
  debootstrap --variant=minbase bullseye "$1" "$mirror"
}

install_build() {
  cp -a "$cache/base" "$1"
  chroot "$1" apt-get update
  DEBIAN_FRONTEND=noninteractive chroot "$1" apt-get install -y --no-install-recommends \
    g++ make patchelf
}

install_systemd() {
  debootstrap --variant=minbase --include=systemd,systemd-sysv,adduser,curl,procps bookworm "$1" "$mirror"
}

case ${1:-} in
  base) make_once base install_base ;;
  build)
    make_once base install_base
    make_once build install_build
    ;;
  systemd) make_once systemd install_systemd ;;
  *)
    echo "usage: debian.sh base|build|systemd" >&2
    exit 2
    ;;
esac
echo "$cache/$1"
