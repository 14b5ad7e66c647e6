#!/bin/bash
# cuda_ipc on the emulator: what it tells, how it fails, and that nothing is left.
. test/probes/lib.sh
settings
probe devices
mapfile -t gpus < <(grep -o '"device_info".*' "$out" | grep -o 'GPU-[0-9a-f-]*')
gpu=${gpus[0]}
peer=${gpus[1]}
sizes=4096,2097156

# nothing_is_left AFTER_WHAT: no process holds anything on a GPU.
nothing_is_left() {
  settings
  probe devices
  check "$1 leaves nothing on the GPUs" same "$(sample processes)" "0 0"
}

# count SAMPLE LABELS...: how many there are.
count() {
  local lines label
  lines=$(grep -F "\"name\":\"$1\"," "$out")
  for label in "${@:2}"; do lines=$(grep -F -e "$label" <<<"$lines"); done
  grep -c . <<<"$lines"
}

# tells_all: a sample of everything, five times a size.
tells_all() {
  local phase
  for phase in export open first_touch copy kernel close; do
    check "first use has $phase" same "$(count phase_seconds '"use":"first"' "\"$phase\"")" 10
  done
  for phase in copy kernel; do
    check "reuse has $phase" same "$(count phase_seconds '"use":"reuse"' "\"$phase\"")" 10
  done
  check "and no other" same "$(count phase_seconds '"use":"reuse"')" 20
  check "first transfers are told" same "$(count transfer_seconds '"first"' '"2097156"')" 5
  check "and later ones" same "$(count transfer_seconds '"reuse"' '"4096"' '"peer_gpu_uuid":""')" 5
  check "an allocation is whole units of 2 MiB" same "$(sample mapped_bytes)" "2097152 4194304"
  check "what was copied is told" same "$(count bytes)" 1
}

for mechanism in legacy vmm_fd; do
  ipc=(cuda_ipc "--device=$gpu" "--mechanism=$mechanism" "--sizes=$sizes")
  settings
  probe "${ipc[@]}"
  check "$mechanism succeeds" ends '"outcome":"success"}'
  check "in these phases" \
    same "$(phases)" "spawn load_driver init context load_module allocate meet measure release"
  tells_all
  nothing_is_left "$mechanism"

  settings 'nvlink = true'
  probe "${ipc[@]}" "--peers=$peer"
  check "$mechanism works between GPUs" ends '"outcome":"success"}'
  check "and tells of which" same "$(count transfer_seconds "\"peer_gpu_uuid\":\"$peer\"")" 20
  check "and what connects them" same "$(sample peer_link '"link":"nvlink"')" 1

  settings 'lost = 1'
  probe "${ipc[@]}" "--peers=$peer"
  check "a peer that is lost is left out" ends '"outcome":"success"}'
  check "with a word about it" has "left out: peer $peer" "$work/err"
done

# fails MECHANISM RESULT FAULT: how it ends under a fault.
fails() {
  settings "fault = $3"
  probe cuda_ipc "--device=$gpu" "--mechanism=$1" "--sizes=$sizes" "--peers=$peer"
  check "$3 is $2" ends "\"outcome\":$2"
  nothing_is_left "$3"
}

fails legacy '"failure","reason":"ipc_denied","phase":"open"' 'call=cuIpcOpenMemHandle_v2 code=201'
fails legacy '"failure","reason":"peer_died","phase":"close"' 'call=cuIpcCloseMemHandle nth=3 signal=9'
fails legacy '"failure","reason":"corrupt","phase":"verify"' 'call=cuMemcpyDtoDAsync_v2 nth=3 code=0'
fails legacy '"failure","reason":"oom","phase":"allocate"' 'call=cuMemAlloc_v2 nth=4 code=2'
fails legacy '"skipped","reason":"not_supported","phase":"export"' 'call=cuIpcGetMemHandle code=801'
fails legacy '"success"' 'call=cuIpcOpenEventHandle code=201'
fails vmm_fd '"failure","reason":"ipc_denied","phase":"open"' 'call=cuMemImportFromShareableHandle code=400'
fails vmm_fd '"failure","reason":"peer_died","phase":"open"' 'call=cuMemImportFromShareableHandle nth=3 signal=9'
fails vmm_fd '"failure","reason":"unknown","phase":"close"' 'call=cuMemUnmap nth=2 code=1'

settings 'tenant = gpu=0 pid=1 bytes=84400000000'
probe cuda_ipc "--device=$gpu" --mechanism=legacy --sizes=1073741824
check "too little memory is skipped" ends '"outcome":"skipped","reason":"memory_floor","phase":"allocate"'

# refuses WHAT ARGUMENT...: it does not start.
refuses() {
  probe cuda_ipc "${@:2}"
  check "$1 is refused" has '"exit_code":2,' "$out"
}
settings
refuses "no device" --mechanism=legacy
refuses "no mechanism" "--device=$gpu"
refuses "another mechanism" "--device=$gpu" --mechanism=shm
refuses "a GPU that is its own peer" "--device=$gpu" --mechanism=legacy "--peers=$gpu"
finish
