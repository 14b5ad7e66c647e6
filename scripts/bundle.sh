#!/bin/bash
# Packs cudaprobe with its own Node into out/cudaprobe-VERSION-linux-x64.tar.xz.
#   bundle.sh            native programs as this host builds them
#   bundle.sh --release  native programs built in a Debian 11, with its C++ runtime beside Node
# Either says which glibc the result needs. With --unpacked it is left as a directory in out/stage.
set -euo pipefail

cd "$(dirname "$0")/.."
PATH=$PWD/node_modules/.bin:$PATH
version=$(node -p 'require("./package.json").version')
name=cudaprobe-$version-linux-x64
stage=$PWD/out/stage/$name
modules=$stage/node_modules
release_glibc=2.31

release=false packed=true
for option; do
  case $option in
    --release) release=true ;;
    --unpacked) packed=false ;;
    *)
      echo "usage: bundle.sh [--release] [--unpacked]" >&2
      exit 2
      ;;
  esac
done

add_files() {
  cp package.json package-lock.json "$stage"
  npm ci --prefix "$stage" --omit=dev --ignore-scripts --prefer-offline --loglevel=error >&2
  rm "$stage/package-lock.json"
  cp -r config LICENSE "$stage"
  mkdir -p "$stage/grafana" "$stage/deploy/prometheus"
  cp -r grafana/dashboards "$stage/grafana"
  cp deploy/prometheus/*.y*ml "$stage/deploy/prometheus"
  cp -r deploy/systemd "$stage/deploy"
  find "$stage/config" "$stage/grafana" "$stage/deploy" -name kustomization.yaml -delete
  install -D -m 755 deploy/bundle/cudaprobe "$stage/bin/cudaprobe"
  install -D -m 644 docs/man/cudaprobe.1 "$stage/share/man/man1/cudaprobe.1"
}

# The daemon and its packages in two files, as the Node beside it runs them (docs/adr/0037). Of the
# packages nothing is left but what pages load.
add_daemon() {
  tsc
  node scripts/bundle-daemon.js "$stage" "$stage/lib/node"
  find "$modules" -mindepth 1 -maxdepth 1 ! -name uplot -exec rm -rf {} +
}

# Leaves out what only the developers of a package read. Directories go at the top of a package
# alone: further down a `doc` or a `test` may be code.
prune_modules() {
  find "$modules" -regextype posix-extended -type d \
    -regex '.*/node_modules/(@[^/]+/)?[^/@][^/]*/(tests?|docs|examples?|benchmarks?|\.github)' \
    -prune -exec rm -rf {} +
  find "$modules" -type f -regextype posix-extended \
    -iregex '.*\.([cm]?ts|map|md)' ! -iregex '.*/(licen[cs]e|notice|copying)[^/]*' -delete
  rm -rf "$modules/.bin" "$modules/.package-lock.json"
  find "$modules" -type d -empty -delete
}

add_node() {
  mkdir -p "$stage/lib"
  strip -o "$stage/lib/node" "$(node -p process.execPath)"
}

# Python needs no build; what it compiles lies beside it.
copy_frameworks() {
  mkdir -p "$stage/native/frameworks"
  (cd native/frameworks && find . -name '*.py' -exec cp -p --parents -t "$stage/native/frameworks" {} +)
}

# copy_programs BUILD: what make built, without objects and tests.
copy_programs() {
  local target=$stage/native/build
  mkdir -p "$target/probes" "$target/emulator"
  cp -p "$1/launcher" "$1/notify" "$target"
  find "$1/probes" -type f ! -name '*.[do]' -exec cp -p -t "$target/probes" {} +
  cp -rp "$1"/emulator/*.so.1 "$1/emulator/profiles" "$1/emulator/bin" "$target/emulator"
}

build_here() {
  make -C native -j2 >&2
  copy_programs native/build
}

build_in_debian() {
  debian=$(scripts/debian.sh build)
  rm -rf "$debian/build"
  mkdir "$debian/build"
  tar -c --exclude=native/build native package.json | tar -x -C "$debian/build"
  in_debian make -C /build/native -j2 >&2
  copy_programs "$debian/build/native/build"
  cp -p "$debian"/usr/lib/x86_64-linux-gnu/libstdc++.so.6 "$debian"/lib/x86_64-linux-gnu/libgcc_s.so.1 \
    "$stage/lib"
  # Node finds them beside itself and not by LD_LIBRARY_PATH, which what it starts could inherit.
  cp -p "$stage/lib/node" "$debian/build/node"
  in_debian patchelf --set-rpath "\$ORIGIN" /build/node
  cp -p "$debian/build/node" "$stage/lib/node"
}

in_debian() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C chroot "$debian" "$@"
}

add_licenses() {
  local runtime=()
  if $release; then
    runtime=("libstdc++ and libgcc (GPL-3.0 with the GCC runtime library exception)=$(
      realpath "$debian/usr/share/doc/gcc-10-base/copyright"
    )")
  fi
  node scripts/third-party-licenses.js "$modules" "Node $(node -p process.version)=$(node_license)" \
    "${runtime[@]}" >"$stage/THIRD_PARTY_LICENSES"
}

# Node's own archives and Debian packages keep the licence in different places.
node_license() {
  local prefix
  prefix=$(dirname "$(dirname "$(readlink -f "$(node -p process.execPath)")")")
  for file in "$prefix/LICENSE" "$prefix/share/doc/nodejs/LICENSE" \
    "$prefix/share/doc/nodejs/copyright" "$prefix/share/doc/node/LICENSE"; do
    [ ! -f "$file" ] || { echo "$file" && return; }
  done
  echo "bundle.sh: no licence of Node under $prefix" >&2
  return 1
}

# needed PREFIX: the highest version of symbols that the bundle's programs want from outside.
needed() {
  find "$stage" -type f -exec sh -c 'objdump -T "$@" 2>/dev/null || true' sh {} + |
    sed -n "s/.*\*UND\*.*(\{0,1\}\b$1_\([0-9.]*\).*/\1/p" | sort -uV | tail -n 1
}

add_readme() {
  local beside_node=" and its C++ runtime" libstdcxx=""
  $release || { beside_node="" libstdcxx=", libstdc++ with GLIBCXX_$(needed GLIBCXX)"; }
  sed -e "s/@VERSION@/$version/; s/@NODE@/$(node -p process.versions.node)/; s/@GLIBC@/$glibc/" \
    -e "s/@RUNTIME@/$beside_node/; s/@LIBSTDCXX@/$libstdcxx/" \
    deploy/bundle/README.md.in >"$stage/README.md"
}

# The start script finds its way, and the commands all that they need.
try_it() {
  "$stage/bin/cudaprobe" check --driver=emulator --storage.path="$stage/storage" >/dev/null
  rm -r "$stage/storage"
  [ "$("$stage/bin/cudaprobe" --version | grep -cF "$version")" = 1 ]
}

pack() {
  local time archive=out/$name.tar.xz
  time=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
  # Blocks, so that both cores have one to compress.
  tar -c -C out/stage --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$time" "$name" |
    xz -9 -T0 --block-size=32MiB >"$archive"
  (cd out && sha256sum "$name.tar.xz" >"$name.tar.xz.sha256")
  echo "$archive: $(du -k "$archive" | cut -f 1) KiB, needs glibc $glibc or later"
}

rm -rf out/stage
mkdir -p "$stage"
add_files
prune_modules
add_node
if $release; then build_in_debian; else build_here; fi
copy_frameworks
glibc=$(needed GLIBC)
if $release && [ "$(printf '%s\n' "$glibc" "$release_glibc" | sort -V | tail -n 1)" != "$release_glibc" ]; then
  echo "bundle.sh: a release may need glibc $release_glibc, this one needs $glibc" >&2
  exit 1
fi
add_licenses
add_daemon
add_readme
try_it
if $packed; then pack; fi
