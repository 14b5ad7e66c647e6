#!/bin/bash
# footprint on the emulator: what it reads of a probe, and what becomes of that probe.
. test/probes/observer.sh
settings
probe devices
gpu=$(grep -o 'GPU-[0-9a-f-]*' "$out" | tail -n 1)
other=$(grep -o 'GPU-[0-9a-f-]*' "$out" | head -n 1)
footprint=(footprint "--device=$gpu" --)
cold_start=("$worker" "--device=$gpu")

probe footprint "--device=$gpu" --requested_bytes=8388608 -- "${cold_start[@]}" --bytes=8388608
check "it succeeds" ends '"outcome":"success"}'
check "its phases are the other's" \
  same "$(phases)" "spawn load_driver init context allocate load_module first_kernel release"
check "what the process holds is read after each phase from the context on" \
  same "$(sample process_bytes)" "543162368 551550976 551550976 551550976"
check "with the phase's name" same "$(sample process_bytes '"phase":"allocate"')" 551550976
check "what was asked for is told" same "$(sample requested_bytes)" 8388608
check "the device's memory is read when the other has ended" same "$(sample memory_free_bytes)" 85017493504
check "and in all" same "$(sample memory_total_bytes)" 85520809984
check "without MPS there is no server" same "$(sample mps_server_bytes)" ""
nothing_is_left "a success"

probe footprint "--device=$gpu" --worker_phases=context --phases=context -- "${cold_start[@]}"
check "other phases can be looked at" same "$(phases)" "spawn context release"
check "and only those" same "$(sample process_bytes)" 543162368
check "nothing is made up about what was asked for" same "$(sample requested_bytes)" ""

settings 'tenant = gpu=0 pid=1 type=compute bytes=73400320' 'tenant = gpu=1 pid=1 type=compute bytes=73400320'
probe footprint "--device=$gpu" --mps_server=1 -- "${cold_start[@]}"
check "the MPS server's memory is told apart" \
  same "$(sample mps_server_bytes)" "73400320 73400320 73400320 73400320"
check "and is not the process'" same "$(sample process_bytes '"phase":"context"')" 543162368

# refuses WHAT ARGUMENT...: it does not start.
refuses() {
  probe footprint "${@:2}"
  check "$1 is refused" has '"exit_code":2,' "$out"
}
settings
refuses "no program" "--device=$gpu"
refuses "a phase that the other is not paused after" "--device=$gpu" --phases=release -- "${cold_start[@]}"
refuses "a device by index" --device=0 -- "${cold_start[@]}"

# fails RESULT SETTING...: how it ends under a fault.
fails() {
  settings "${@:2}"
  probe "${footprint[@]}" "${cold_start[@]}"
  check "${*:2} is $1" ends "$1"
  nothing_is_left "${*:2}"
}
fails '"outcome":"failure","reason":"oom","phase":"allocate","code":"CUDA_ERROR_OUT_OF_MEMORY"' \
  'fault = call=cuMemAlloc_v2 code=2'
fails '"outcome":"failure","reason":"uvm_missing","phase":"init","code":"CUDA_ERROR_UNKNOWN"' 'fault = call=cuInit code=999'
fails '"outcome":"skipped","reason":"compute_mode","phase":"context"' 'compute_mode = exclusive_process'
fails '"outcome":"failure","reason":"crashed","phase":"load_module","message":"cold_start was ended by signal 11"' \
  'fault = call=cuModuleLoadData signal=11'
fails '"outcome":"failure","reason":"crashed","phase":"release"' 'fault = call=cuMemFree_v2 signal=11'
fails '"outcome":"failure","reason":"launch_failed","phase":"first_kernel"' 'fault = call=cuMemcpyDtoH_v2 code=719'
fails '"outcome":"failure","reason":"driver_mismatch","phase":"context","code":"NVML_ERROR_LIB_RM_VERSION_MISMATCH"' \
  'fault = call=nvmlInit_v2 code=18'
fails '"outcome":"failure","reason":"permission","phase":"context","code":"NVML_ERROR_NO_PERMISSION"' \
  'fault = call=nvmlDeviceGetComputeRunningProcesses_v3 code=4'

settings
probe "${footprint[@]}" "$worker" "--device=$other"
check "a process that NVML does not list is not guessed at" \
  ends '"outcome":"skipped","reason":"not_supported","phase":"context","message":"NVML does not list process'
check "and has no figures" same "$(sample process_bytes)" ""
nothing_is_left "a process that is not listed"
probe footprint "--device=$gpu" --libnvidia_ml=/nowhere -- "${cold_start[@]}"
check "without NVML it is a failure" ends '"outcome":"failure","reason":"no_library","phase":"context"'
nothing_is_left "without NVML"
probe "${footprint[@]}" /nowhere/program
check "a program that is not there is not started" ends '"outcome":"failure","reason":"not_started","phase":"load_driver"'

settings 'fault = call=cuModuleLoadData slow_seconds=300' # scaled
in_background "${footprint[@]}" "${cold_start[@]}"
await '"begin","instance":0,"phase":"load_module"' 5
kill -TERM "$pid"
check "SIGTERM ends the wait for the other" await '"reason":"cancelled","phase":"load_module"' 5
wait "$pid"
nothing_is_left "SIGTERM in the other's phase"

settings 'fault = call=nvmlInit_v2 slow_seconds=300'
in_background "${footprint[@]}" "${cold_start[@]}"
await '"end","instance":0,"phase":"context"' 5
kill -TERM "$pid"
check "SIGTERM while the other is paused ends both" await '"reason":"cancelled"' 5
wait "$pid"
nothing_is_left "SIGTERM in a pause"

settings 'fault = call=cuModuleLoadData hang=true'
in_background "${footprint[@]}" "${cold_start[@]}"
check "a hang names its phase" await '"begin","instance":0,"phase":"load_module"' 5
dies "a worker that hangs"

settings 'fault = call=nvmlInit_v2 hang=true'
in_background "${footprint[@]}" "${cold_start[@]}"
await '"end","instance":0,"phase":"context"' 5
dies "NVML that hangs"

in_background "${footprint[@]}" "${cold_start[@]}"
await '"end","instance":0,"phase":"context"' 5
loses_its_observer "an observer that is killed"
finish
