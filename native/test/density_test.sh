#!/bin/bash
# density on the emulator: how many instances it starts, what stops it, and what becomes of them.
. test/probes/observer.sh
settings
probe devices
gpu=$(grep -o 'GPU-[0-9a-f-]*' "$out" | tail -n 1)
other=$(grep -o 'GPU-[0-9a-f-]*' "$out" | head -n 1)
cold_start=("$worker" "--device=$gpu")

# density OPTION...: runs it.
density() { probe density "--device=$gpu" "$@" -- "${cold_start[@]}"; }

# counts WHAT INSTANCES LIMIT: checks how many there were, what stopped them, and that they ended.
counts() {
  check "$1: it succeeds" ends '"outcome":"success"}'
  check "$1: there were $2" same "$(sample instances)" "$2"
  check "$1: $3 stopped it" same "$(sample limit "{\"limit\":\"$3\"}")" 1
  nothing_is_left "$1"
}

settings 'reclaim_seconds = 20' # scaled
density --max_instances=3 --requested_bytes=2097152
counts "three" 3 max_instances
check "its phases are its own" same "$(phases)" "spawn load_driver init start end"
check "the device's use is read before each instance" same "$(sample used_begin_bytes)" "0 551550976 1103101952"
check "with its context" same "$(sample used_context_bytes)" "549453824 1101004800 1652555776"
check "and when it is held" same "$(sample used_end_bytes)" "551550976 1103101952 1654652928"
check "each has its number" same "$(sample used_end_bytes '{"number":"2"}')" 1103101952
check "what each process holds is told" same "$(sample process_bytes)" "545259520 545259520 545259520"
check "one takes what the use grows by" same "$(sample instance_bytes)" 551550976
check "each start took some time" in_order 0.001 "$(sample start_seconds '{"number":"3"}')"
check "an exit gives memory back" in_order 0 "$(sample reclaim_seconds '{"how":"exit"}')"
check "a kill does so after a while" in_order 0.1 "$(sample reclaim_seconds '{"how":"kill"}')"
check "all were there for some time" in_order 0.1 "$(sample gpu_seconds)"
check "the memory is that before the first" same "$(sample memory_free_bytes)" 85017493504
check "what was asked for is told" same "$(sample requested_bytes)" 2097152

density --max_instances=2 --kill=false
counts "without a kill" 2 max_instances
check "the last one exits" same "$(sample reclaim_seconds '"exit"' | wc -w)" 1
check "none is killed" same "$(sample reclaim_seconds '"kill"')" ""

density --max_instances=1 --phases=context
counts "one" 1 max_instances
check "it takes what the use grew by" same "$(sample instance_bytes)" 549453824
check "its context is all it has" same "$(sample used_context_bytes)" "$(sample used_end_bytes)"
check "it is not killed" same "$(sample reclaim_seconds '"kill"')" ""

probe density "--device=$gpu" --max_instances=2 -- "$worker" "--device=$other"
counts "two that NVML does not list" 2 max_instances
check "nothing is made up about their processes" same "$(sample process_bytes)" ""

settings 'memory_total_bytes = 4294967296'
density
counts "a floor of 2 GiB" 2 memory
density --floor_bytes=0
counts "twice an instance" 4 memory
density --floor_bytes=4294967296
counts "less than the floor" 0 memory
check "none has no size" same "$(sample instance_bytes)" ""

# limited CODE CALL LIMIT: the third instance is refused.
limited() {
  settings "fault = call=$2 code=$1 nth=3 scope=host"
  density
  counts "$2 says $1" 2 "$3"
  rm -f "$work"/fault-*
}
limited 2 cuMemAlloc_v2 memory
limited 808 cuDevicePrimaryCtxRetain mps_clients
limited 46 cuDevicePrimaryCtxRetain exclusive_mode

# fails RESULT SETTING...: how it ends under a fault.
fails() {
  settings "${@:2}"
  density
  check "${*:2} is $1" ends "$1"
  check "and there are no figures" same "$(sample instances)" ""
  nothing_is_left "${*:2}"
  rm -f "$work"/fault-*
}
fails '"outcome":"failure","reason":"launch_failed","phase":"start","code":"CUDA_ERROR_LAUNCH_FAILED","message":"cold_start failed in first_kernel"' \
  'fault = call=cuCtxSynchronize code=719 nth=2 scope=host'
fails '"outcome":"failure","reason":"crashed","phase":"start","message":"cold_start was ended by signal 11"' \
  'fault = call=cuMemAlloc_v2 signal=11 nth=3 scope=host'
fails '"outcome":"failure","reason":"crashed","phase":"end"' 'fault = call=cuMemFree_v2 signal=11'
fails '"outcome":"skipped","reason":"compute_mode","phase":"start"' 'compute_mode = exclusive_process'
fails '"outcome":"failure","reason":"driver_mismatch","phase":"init"' 'fault = call=nvmlInit_v2 code=18'
fails '"outcome":"failure","reason":"permission","phase":"start"' \
  'fault = call=nvmlDeviceGetComputeRunningProcesses_v3 code=4 nth=20'

settings
density --libnvidia_ml=/nowhere
check "without NVML it is a failure" ends '"outcome":"failure","reason":"no_library","phase":"load_driver"'
density --max_instances=0
check "no instances at all are refused" has '"exit_code":2,' "$out"

# They are enough to be still going on when something happens to them.
many=(density "--device=$gpu" --max_instances=100 --floor_bytes=0 -- "${cold_start[@]}")

settings
in_background "${many[@]}"
await_workers 2
exec 6< <(mkfifo "$work/gate" && CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$emulator \
  CUDAPROBE_PAUSE_AFTER=context exec "$BUILD_DIR/probes/cold_start" "--device=$gpu" 3>&1 >"$work/outsider" 4<>"$work/gate")
outsider=$!
await paused 6
check "it stops when another process takes memory" await '"labels":{"limit":"other_process"}' 5
wait "$pid"
nothing_is_left "another process"
kill -TERM "$outsider"
echo >"$work/gate"
wait "$outsider"

in_background "${many[@]}"
await_workers 3
kill -TERM "$pid"
check "SIGTERM ends it" await '"reason":"cancelled","phase":"start"' 5
wait "$pid"
nothing_is_left "SIGTERM"

in_background "${many[@]}"
await_workers 3
loses_its_observer "an observer that is killed"

settings 'fault = call=cuMemAlloc_v2 hang=true nth=3 scope=host'
in_background "${many[@]}"
await_workers 3
dies "a worker that hangs"
rm -f "$work"/fault-*
finish
