# shellcheck shell=bash
# For scripts that make directories in $cache, each once.

# make_once NAME COMMAND...: the command gets a directory to fill, which has the name only when whole.
make_once() {
  local name=$1 partial=${cache:?}/$1.partial
  shift
  [ ! -d "$cache/$name" ] || return 0
  rm -rf --one-file-system "$partial"
  mkdir -p "$cache"
  "$@" "$partial" >"$cache/$name.log" 2>&1 || { tail -n 20 "$cache/$name.log" >&2; exit 1; }
  mv "$partial" "$cache/$name"
}
