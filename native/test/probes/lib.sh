# shellcheck shell=bash
# What the tests of probes ask with: a probe under the launcher, on the emulator.
. test/launcher/lib.sh
out=$work/out
emulator=$BUILD_DIR/emulator

# settings LINE...: what the emulator is from here on, beside a quick GPU or two.
settings() {
  printf '%s\n' 'profile = h100' 'gpus = 2' 'time_scale = 0.01' "mps_default_directory = $work/no-mps" "$@" \
    >"$work/emulator.conf"
}

# start NAME [OPTION]...: becomes the launcher that starts it.
start() {
  CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$emulator exec "$launcher" -- "$BUILD_DIR/probes/$1" "${@:2}"
}

# probe NAME [OPTION]...: runs it under the launcher.
probe() { (start "$@") >"$out" 2>"$work/err"; }

# ends RESULT: whether the result has these fields, and everything taken was given back in order.
ends() {
  has "\"type\":\"result\",\"instance\":0,$1" "$out" && return
  tail -n 2 "$out" && cat "$work/err"
  return 1
}

phases() { grep -o '"end","instance":0,"phase":"[a-z_]*' "$out" | cut -d'"' -f 8 | xargs; }

# sample NAME [LABELS]: its values, in order.
sample() {
  grep -F "\"name\":\"$1\"," "$out" | grep -F -e "${2:-}" | number value | xargs
}
