#!/bin/bash
# function_ipc on the emulator: what it measures, what it tells, and what is left when it fails.
. test/probes/lib.sh

# They are known by a path of their own, so that other tests' are not taken for them.
program=$work/function_ipc
ln -s "$(realpath "$BUILD_DIR/probes/function_ipc")" "$program"
begin() {
  CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$emulator exec "$launcher" -- "$program" "--device=$gpu" "$@"
}
function_ipc() { (begin "$@") >"$out" 2>"$work/err"; }

processes() { pgrep -f "^$program " | xargs; }
nothing_is_left() { check "$1: nothing is left running" same "$(processes)" ""; }
count() { sample "$@" | wc -w; }

settings
probe devices
gpu=$(grep -o 'GPU-[0-9a-f-]*' "$out" | tail -n 1)
other=$(grep -o 'GPU-[0-9a-f-]*' "$out" | grep -v "$gpu" | head -n 1)
quick=("--sizes=4096,1048576")

for mechanism in shm unix tcp; do
  for memory in pinned pageable; do
    what="$mechanism, $memory"
    function_ipc "${quick[@]}" "--mechanism=$mechanism" "--memory=$memory"
    check "$what: it succeeds" ends '"outcome":"success"}'
    check "$what: five samples of each size" same \
      "$(count transfer_seconds '"size_bytes":"4096","use":"stream","peer_gpu_uuid":""') $(count transfer_seconds '1048576')" "5 5"
    for leg in device_to_host transport host_to_device; do
      check "$what: and of each leg, $leg" same \
        "$(count phase_seconds "\"size_bytes\":\"1048576\",\"use\":\"stream\",\"phase\":\"$leg\",\"peer_gpu_uuid\":\"\"")" 5
    done
    check "$what: what was sent is told" test "$(sample bytes)" -ge $((22 * 1052672))
    nothing_is_left "$what"
  done
done
check "its phases" same "$(phases)" "spawn load_driver init context load_module allocate meet measure release"

function_ipc --sizes=4,70000,33554436 --samples=6
check "sizes that are no round numbers succeed" ends '"outcome":"success"}'
check "as often as asked for" same "$(count transfer_seconds '33554436')" 6

function_ipc "${quick[@]}" "--peers=$other"
check "another GPU may consume, too" ends '"outcome":"success"}'
check "and is told apart" same \
  "$(count transfer_seconds "\"peer_gpu_uuid\":\"$other\"") $(count transfer_seconds '"peer_gpu_uuid":""')" "10 10"
nothing_is_left "another GPU"
function_ipc "${quick[@]}" --peers=GPU-00000000-0000-0000-0000-000000000000
check "one that does not get ready is left out" ends '"outcome":"success"}'
check "and that is said" has 'left out: GPU-00000000-0000-0000-0000-000000000000 no_device' "$work/err"
check "and nothing measured of it" same "$(count transfer_seconds) $(count transfer_seconds '"peer_gpu_uuid":""')" "10 10"
nothing_is_left "a GPU that is not there"

# refuses WHAT ARGUMENT...: it does not start.
refuses() {
  function_ipc "${@:2}"
  check "$1 is refused" has '"exit_code":2,' "$out"
}
refuses "an unknown mechanism" --mechanism=pipe
refuses "unknown memory" --memory=managed
refuses "a size of no words" --sizes=5
refuses "nothing to send" --sizes=0
refuses "itself as a peer" "--peers=$gpu"

# fails RESULT SETTING...: how it ends under a fault, whichever process it is in.
fails() {
  settings "${@:2}"
  function_ipc "${quick[@]}" "--mechanism=$mechanism"
  check "$mechanism, ${*:2} is $1" ends "$1"
  nothing_is_left "${*:2}"
}
mechanism=shm
fails '"outcome":"failure","reason":"uvm_missing","phase":"init","code":"CUDA_ERROR_UNKNOWN"' 'fault = call=cuInit code=999'
fails '"outcome":"skipped","reason":"compute_mode","phase":"context"' 'compute_mode = exclusive_process'
fails '"outcome":"failure","reason":"oom","phase":"allocate","code":"CUDA_ERROR_OUT_OF_MEMORY"' 'fault = call=cuMemHostRegister_v2 code=2'
fails '"outcome":"skipped","reason":"not_supported","phase":"allocate","code":"CUDA_ERROR_NOT_SUPPORTED"' \
  'fault = call=cuMemHostRegister_v2 code=801'
fails '"outcome":"failure","reason":"launch_failed","phase":"transfer"' 'fault = call=cuMemcpyDtoHAsync_v2 code=719'
fails '"outcome":"failure","reason":"corrupt","phase":"verify","message":"1 of ' 'fault = call=cuMemcpyDtoHAsync_v2 corrupt=true'
# The rest is the consumer's alone.
fails '"outcome":"failure","reason":"corrupt","phase":"verify","message":"1 of ' 'fault = call=cuMemcpyHtoDAsync_v2 corrupt=true nth=9'
fails '"outcome":"failure","reason":"launch_failed","phase":"transfer"' 'fault = call=cuMemcpyHtoDAsync_v2 code=719'
fails '"outcome":"failure","reason":"launch_failed","phase":"verify"' 'fault = call=cuMemcpyDtoH_v2 code=719'
fails '"outcome":"failure","reason":"peer_died","phase":"transfer","message":"the consumer was ended by signal 9' \
  'fault = call=cuMemcpyHtoDAsync_v2 signal=9'
fails '"outcome":"failure","reason":"peer_died","phase":"verify","message":"the consumer was ended by signal 11' \
  'fault = call=cuMemcpyDtoH_v2 signal=11'

for mechanism in unix tcp; do
  fails '"outcome":"failure","reason":"launch_failed","phase":"transfer"' 'fault = call=cuMemcpyHtoDAsync_v2 code=719'
  fails '"outcome":"failure","reason":"peer_died","phase":"transfer","message":"the consumer was ended by signal 9' \
    'fault = call=cuMemcpyHtoDAsync_v2 signal=9 nth=6'
done

settings
(ulimit -f 8 && begin "${quick[@]}") 2>"$work/err" | cat >"$out"
check "shared memory that is not there is told" ends '"outcome":"failure","reason":"shm_full","phase":"allocate"'
nothing_is_left "without shared memory"

settings 'tenant = gpu=0 pid=1 type=compute bytes=82000000000' 'tenant = gpu=1 pid=1 type=compute bytes=82000000000'
function_ipc --sizes=1073741824
check "a full GPU is left alone" ends '"outcome":"skipped","reason":"memory_floor","phase":"allocate"'
nothing_is_left "a full GPU"

# is_asked_to_end WHAT SETTING...: SIGTERM in the middle ends both.
is_asked_to_end() {
  settings "${@:2}"
  exec 5< <(begin --samples=100 2>"$work/err")
  local pid=$!
  while read -r line <&5 && [[ $line != *'"phase":"measure"'* ]]; do :; done
  kill -TERM "$pid"
  cat <&5 >"$out"
  wait "$pid"
  check "$1: it is cancelled" ends '"outcome":"failure","reason":"cancelled","phase":"'
  nothing_is_left "$1"
}
is_asked_to_end "SIGTERM"

# Somebody kills one of the two in the middle.
settings
exec 5< <(begin --samples=100 2>"$work/err")
pid=$!
while read -r line <&5 && [[ $line != *'"phase":"measure"'* ]]; do :; done
consumer=$(pgrep -f "^$program " | sort -n | tail -n 1)
kill -KILL "$consumer"
cat <&5 >"$out"
wait "$pid"
check "a killed consumer is told" ends '"outcome":"failure","reason":"peer_died","phase":"'
check "with its signal" has 'ended by signal 9' "$out"
nothing_is_left "a killed consumer"

exec 5< <(begin --samples=100 2>"$work/err")
pid=$!
while read -r line <&5 && [[ $line != *'"phase":"measure"'* ]]; do :; done
kill -KILL "$(pgrep -f "^$program " | sort -n | head -n 1)"
cat <&5 >"$out"
wait "$pid"
check "a killed producer is reported" has '"signal":9,' "$out"
nothing_is_left "a killed producer"
finish
