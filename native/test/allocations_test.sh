#!/bin/bash
# Between two readings of the clock a probe does not ask for memory: what that costs depends on what was asked
# for before, and would be measured with the call. What the driver asks for is the driver's business.
. test/launcher/lib.sh

# Sanitizers have an allocator of their own.
case $BUILD_DIR in */asan) echo 'left out with sanitizers' && exit 0 ;; esac

printf '%s\n' 'profile = h100' 'time_scale = 0.01' >"$work/emulator.conf"
gpu=$(CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$BUILD_DIR/emulator "$BUILD_DIR/probes/devices" |
  grep -o 'GPU-[0-9a-f-]*' | tail -n 1)
out=$work/out

count() { test/allocations/count.sh "$work" "$@" >"$out"; }

# asks_never: whether nothing of ours was counted in any phase, and something of the driver's was.
asks_never() {
  awk '{ ours += $2; theirs += $3 } END { exit !(NR > 1 && ours == 0 && theirs > 0) }' "$out" && return
  cat "$out"
  return 1
}

count "$BUILD_DIR/test/programs/hoarder"
check "what is asked for in a phase is counted, by whomever it is asked, and nothing else" \
  same "$(xargs <"$out")" 'spawn 0 0 abstain 0 0 take 2 0 copy 1 0'

count "$BUILD_DIR/probes/cold_start" "--device=$gpu"
check "cold_start asks for nothing" asks_never
check "in all of its phases" same "$(cut -d' ' -f 1 "$out" | xargs)" \
  'spawn load_driver init context allocate load_module first_kernel release'
for mechanism in shm unix tcp; do
  count "$BUILD_DIR/probes/function_ipc" "--device=$gpu" "--mechanism=$mechanism" --sizes=4096,67108864 --samples=5
  check "nor does function_ipc by $mechanism" asks_never
done
for mechanism in legacy vmm_fd; do
  count "$BUILD_DIR/probes/cuda_ipc" "--device=$gpu" "--mechanism=$mechanism" --sizes=4096,67108864 --samples=5
  check "nor does cuda_ipc by $mechanism" asks_never
done
finish
