#!/bin/bash
# Makes the two Debian 12 that scripts/image-test.sh builds the container image on, once, and prints
# the directory that they are in.
#   run      the minimal system, for debian:bookworm-slim
#   build    with g++, make and this host's Node, for node:20-bookworm
# They lie in $CUDAPROBE_IMAGE_BASES, by default out/image.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
cache=${CUDAPROBE_IMAGE_BASES:-$root/out/image}
mirror=${CUDAPROBE_DEBIAN_MIRROR:-http://deb.debian.org/debian}

# What is mounted on the way is mounted in a namespace of this script, so nothing can be left behind.
if [ "${1:-}" != --inside ]; then
  [ "$(id -u)" = 0 ] || { echo "image-bases.sh: needs root, for chroot" >&2; exit 1; }
  exec unshare --mount --propagation private "$0" --inside "$@"
fi

# shellcheck source=scripts/make-once.sh
. "$root/scripts/make-once.sh"

install_run() {
  debootstrap --variant=minbase bookworm "$1" "$mirror"
}

install_build() {
  cp -a "$cache/run" "$1"
  chroot "$1" apt-get update
  DEBIAN_FRONTEND=noninteractive chroot "$1" apt-get install -y --no-install-recommends \
    binutils ca-certificates g++ make xz-utils
  add_node "$1/usr/local"
  add_npm_settings "$1/usr/local/etc"
}

# Where the images of Node have it, with npm and its licence.
add_node() {
  local node prefix
  node=$(readlink -f "$(node -p process.execPath)")
  prefix=$(dirname "$(dirname "$node")")
  mkdir -p "$1/bin" "$1/lib/node_modules" "$1/share/doc"
  cp -p "$node" "$1/bin/node"
  cp -a "$(dirname "$(readlink -f "$(command -v npm)")")/.." "$1/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$1/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$1/bin/npx"
  [ ! -f "$prefix/LICENSE" ] || cp "$prefix/LICENSE" "$1"
  [ ! -d "$prefix/share/doc/nodejs" ] || cp -r "$prefix/share/doc/nodejs" "$1/share/doc"
}

# The registry and the certificates that npm goes by on this host; no passwords.
add_npm_settings() {
  mkdir -p "$1"
  echo "registry=$(npm config get registry)" >"$1/npmrc"
  [ -n "${NODE_EXTRA_CA_CERTS:-}" ] || return 0
  cp "$NODE_EXTRA_CA_CERTS" "$1/certificates.pem"
  echo 'cafile=/usr/local/etc/certificates.pem' >>"$1/npmrc"
}

make_once run install_run
make_once build install_build
echo "$cache"
