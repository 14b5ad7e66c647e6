# shellcheck shell=bash
# What the launcher's tests ask with. BUILD_DIR says what is tested.
set -u

# shellcheck disable=SC2034  # the tests use them
{
  launcher=$BUILD_DIR/launcher
  patient=$BUILD_DIR/test/programs/patient
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# check WHAT COMMAND [ARGUMENT]...: says WHAT when the command fails.
check() {
  local what=$1
  shift
  "$@" && return
  echo "not so: $what"
  failures=1
}

# check_not WHAT COMMAND [ARGUMENT]...: says WHAT when the command succeeds.
check_not() {
  local what=$1
  shift
  "$@" || return 0
  echo "not so: $what"
  failures=1
}

same() {
  [ "$1" = "$2" ] && return
  echo "  got    $1"
  echo "  wanted $2"
  return 1
}

# has TEXT FILE: whether a line of FILE contains TEXT.
has() { grep -qF -e "$1" "$2"; }

# number KEY: the values of KEY in the lines on standard input.
number() { grep -o "\"$1\":[0-9.]*" | cut -d: -f2; }

# in_order NUMBER...: whether none is less than the one before it.
in_order() { printf '%s\n' "$@" | sort -c -n 2>/dev/null; }

# await TEXT DESCRIPTOR: reads lines until one contains TEXT, and keeps it in $line.
await() {
  while IFS= read -r -u "$2" line; do
    case $line in *"$1"*) return 0 ;; esac
  done
  return 1
}

# await_each DESCRIPTOR TEXT...: reads lines until each TEXT was in one of them, in whatever order.
await_each() {
  local descriptor=$1 text missing
  shift
  while [ $# -gt 0 ]; do
    IFS= read -r -u "$descriptor" line || return 1
    missing=()
    for text in "$@"; do
      case $line in *"$text"*) ;; *) missing+=("$text") ;; esac
    done
    set -- "${missing[@]}"
  done
}

finish() { exit "$failures"; }
