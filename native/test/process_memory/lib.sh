# shellcheck shell=bash
# What the tests of process_memory ask with, beside what those of the launcher do.
# shellcheck disable=SC2034,SC2154  # others use, and make, some of these
. test/launcher/lib.sh
out=$work/out
MiB=1048576
sleepers=()
trap 'kill "${sleepers[@]}" 2>/dev/null; rm -rf "$work"' EXIT

# sleeper: a process that is somebody else's, and already is what it will be; its PID is in $pid.
sleeper() {
  local name=
  sleep 300 &
  pid=$!
  sleepers+=("$pid")
  until [ "$name" = sleep ]; do read -r name <"/proc/$pid/comm"; done
}

# settings LINE...: what the emulator is from here on, beside a quick GPU.
settings() {
  printf '%s\n' 'profile = h100' 'time_scale = 0' "$@" >"$work/emulator.conf"
}

# probe [OPTION]...: runs it under the launcher.
probe() {
  CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$BUILD_DIR/emulator "$launcher" -- \
    "$BUILD_DIR/probes/process_memory" "$@" >"$out" 2>"$work/err"
}

ends() {
  has "\"type\":\"result\",\"instance\":0,$1" "$out" && return
  tail -n 2 "$out" && cat "$work/err"
  return 1
}

# values NAME [TEXT]: the values of that sample, on the lines that have TEXT, in one line.
values() { grep -F "\"name\":\"$1\"" "$out" | grep -F -e "${2:-}" | number value | xargs; }

# told NAME TEXT WANTED: whether those values are as WANTED.
told() { same "$(values "$1" "$2")" "$3"; }

phases() { grep -o '"end","instance":0,"phase":"[a-z_]*' "$out" | cut -d'"' -f 8 | xargs; }

# start_of PID: field 22 of its stat; the names here have no spaces.
start_of() { cut -d' ' -f 22 "/proc/$1/stat"; }
