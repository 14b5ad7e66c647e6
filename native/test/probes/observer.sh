# shellcheck shell=bash
# What the tests of probes ask with that start another: which of those are still there.
. test/probes/lib.sh

# They are known by a path of their own, so that other tests' are not taken for them.
worker=$work/cold_start
ln -s "$(realpath "$BUILD_DIR/probes/cold_start")" "$worker"
printf '%s' "$worker" >"$work/path"

# workers: the ids of the workers that run. An observer has their path among its arguments, too.
workers() {
  local file
  grep -lsF -f "$work/path" /proc/[0-9]*/cmdline | while read -r file; do
    case $(tr '\0' ' ' 2>/dev/null <"$file") in
      "$worker "*) basename "${file%/cmdline}" ;;
    esac
  done
}

# await_workers COUNT: waits until so many run.
await_workers() { until [ "$(workers | wc -l)" -ge "$1" ]; do :; done; }

# nothing_is_left WHAT: checks that no worker runs.
nothing_is_left() { check "$1: nothing is left running" same "$(workers | xargs)" ""; }

# in_background NAME [OPTION]...: starts it, with its lines on descriptor 5; $pid is the launcher's.
in_background() {
  exec 5< <(start "$@" 2>"$work/err")
  pid=$!
}

# observer: the id of the probe that was started in the background and has begun.
observer() { cut -d' ' -f1 "/proc/$pid/task/$pid/children"; }

# dies WHAT: what the daemon does to what does not end: SIGTERM, and SIGKILL for the group.
dies() {
  local group
  group=$(observer)
  kill -TERM "$pid"
  kill -KILL -- "-$group"
  check "$1: only SIGKILL ends it" await '"signal":9,' 5
  wait "$pid"
  nothing_is_left "$1"
}

# loses_its_observer WHAT: somebody kills the observer, and nobody else.
loses_its_observer() {
  kill -KILL "$(observer)"
  check "$1: its end is reported" await '"signal":9,' 5
  wait "$pid"
  nothing_is_left "$1"
}
