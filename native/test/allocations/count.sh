#!/bin/bash
# count.sh DIRECTORY PROGRAM [ARGUMENT]...: runs a probe under the launcher, and prints for each of its phases how
# often it asked for memory between the phase's two readings of the clock, and how often the loader and libraries
# that it called did: lines `PHASE OURS THEIRS`. BUILD_DIR says what is run; DIRECTORY arms the emulator, and the
# log lies in it.
set -eu
export LC_ALL=C
directory=$1
shift
log=$directory/allocations
said=$directory/said
: >"$log"

CUDAPROBE_EMULATOR=$directory LD_LIBRARY_PATH=$BUILD_DIR/emulator ALLOCATION_LOG=$log \
  LD_PRELOAD=$PWD/$BUILD_DIR/test/preload/allocations.so "$BUILD_DIR/launcher" -- "$@" >"$said"

# stamps: `SECONDS begin|end PHASE`, from the protocol's lines. Spawn begins where the launcher says so.
stamps() {
  sed -nE 's/.*"type":"spawned",.*"at_seconds":([0-9.]+).*/\1 begin spawn/p
    s/.*"phase":"spawn","at_seconds":([0-9.]+).*/\1 end spawn/p
    s/.*"phase":"([a-z_]+)","at_seconds":([0-9.]+),"began_at_seconds":([0-9.]+).*/\3 begin \1\n\2 end \1/p' "$said"
}

# Other programs that it starts have readings of their own. A second process of the same program gets ready at
# its own pace while the first one is in other phases, and is timed with it in `measure` alone.
program=$(basename "$1")
pid=$(sed -nE 's/.*"type":"spawned",.*"pid":([0-9]+).*/\1/p' "$said")
{ stamps && sed -nE "/ $program [0-9]+\$/p" "$log"; } | sort -n -s | awk -v "pid=$pid" '
  $2 == "begin" { phase = $3; ours = theirs = 0 }
  /(ours|theirs)/ && $5 != pid && phase != "measure" { next }
  $2 == "ours" { ++ours }
  $2 == "theirs" { ++theirs }
  $2 == "end" { print phase, ours, theirs }'
