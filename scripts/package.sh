#!/bin/bash
# Makes a Debian package of the archive that bundle.sh made last: out/cudaprobe_VERSION_amd64.deb
#   package.sh [VERSION]    by default the archive's
set -euo pipefail

cd "$(dirname "$0")/.."
built=$(node -p 'require("./package.json").version')
name=cudaprobe-$built-linux-x64
archive=out/$name.tar.xz
version=${1:-$built}
package=out/cudaprobe_${version}_amd64.deb
[ -f "$archive" ] || { echo "package.sh: $archive is not there: npm run bundle" >&2; exit 1; }

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
umask 022

# All of the bundle in one place, and where people and services look for things.
add_files() {
  mkdir -p "$root"/usr/lib "$root/usr/bin" "$root/DEBIAN"
  tar -xf "$archive" -C "$root/usr/lib" --no-same-owner
  mv "$root/usr/lib/$name" "$root/usr/lib/cudaprobe"
  ln -s ../lib/cudaprobe/bin/cudaprobe "$root/usr/bin/cudaprobe"
  install -D -m 644 "$root/usr/lib/cudaprobe/config/cudaprobe.yml" "$root/etc/cudaprobe/cudaprobe.yml"
  install -D -m 644 deploy/systemd/cudaprobe.default "$root/etc/default/cudaprobe"
  install -D -m 644 -t "$root/lib/systemd/system" deploy/systemd/cudaprobe.service deploy/systemd/cudaprobe.socket
}

add_documents() {
  local documents=$root/usr/share/doc/cudaprobe
  mkdir -p "$documents" "$root/usr/share/man/man1"
  gzip -9n <docs/man/cudaprobe.1 >"$root/usr/share/man/man1/cudaprobe.1.gz"
  gzip -9n <CHANGELOG.md >"$documents/changelog.gz"
  cat LICENSE "$root/usr/lib/cudaprobe/THIRD_PARTY_LICENSES" >"$documents/copyright"
}

# What programs want from outside; the bundle says so in its README.
needed_glibc() {
  sed -n 's/.*glibc \([0-9.]*\) or later.*/\1/p' "$root/usr/lib/cudaprobe/README.md"
}

# A release brings its own C++ runtime.
needed_libstdcxx() {
  [ -e "$root/usr/lib/cudaprobe/lib/libstdc++.so.6" ] || echo ", libstdc++6"
}

add_control() {
  local size
  size=$(du -sk --apparent-size "$root" | cut -f 1)
  sed -e "s/@VERSION@/$version/; s/@SIZE@/$size/; s/@GLIBC@/$(needed_glibc)/" \
    -e "s/@LIBSTDCXX@/$(needed_libstdcxx)/" \
    deploy/debian/control.in >"$root/DEBIAN/control"
  cp deploy/debian/conffiles deploy/debian/postinst deploy/debian/prerm deploy/debian/postrm "$root/DEBIAN"
  (cd "$root" && find . -type f ! -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
}

add_files
add_documents
add_control
dpkg-deb --root-owner-group -Zxz -z1 --build "$root" "$package" >/dev/null
echo "$package: $(du -k "$package" | cut -f 1) KiB"
