#!/bin/bash
# The probes on the emulator, in the variant that is tested.
. test/probes/lib.sh

settings
probe devices
check "devices are listed" ends '"outcome":"success"'
check "of which there are two" same "$(grep -c '"name":"device_info"' "$out")" 2
check "in these phases" same "$(phases)" "spawn load_driver init list"
check "and it shows that they are emulated" has '"backend":"emulator","driver_version":"5' "$out"
check "memory is told" has '"name":"memory_total_bytes","value":85520809984,"labels":{"gpu_uuid":"GPU-' "$out"
gpu=$(grep -o 'GPU-[0-9a-f-]*' "$out" | tail -n 1)

probe cold_start "--device=$gpu"
check "a cold start succeeds" ends '"outcome":"success"}'
check "in these phases, too" \
  same "$(phases)" "spawn load_driver init context allocate load_module first_kernel release"
check "with exit code 0" has '"exit_code":0,' "$out"
check "the driver's version is told" has '"name":"cuda_driver_version","value":13000' "$out"
check "modules are loaded lazily" has '"name":"module_loading","value":1,"labels":{"mode":"lazy"}' "$out"
check "the size is told" has '"name":"bytes","value":2097152' "$out"
probe cold_start "--device=$gpu" --bytes=4
check "one word will do" ends '"outcome":"success"}'
probe cold_start "--device=$gpu" --bytes=3145732
check "and a size that is no round number" ends '"outcome":"success"}'

probe cold_start "--device=$gpu" --driver=false --libcuda=/nowhere
check "without the driver there is nothing to fail" ends '"outcome":"success"}'
check "in the same phases" \
  same "$(phases)" "spawn load_driver init context allocate load_module first_kernel release"
check "and no context is open" has '"name":"gpu_seconds","value":0' "$out"

# Instances take the GPUs of a list in turn, and each sees its own alone.
CUDA_VISIBLE_DEVICES=none CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$emulator "$launcher" --instances=2 -- \
  "$BUILD_DIR/probes/cold_start" "--devices=GPU-00000000-0000-0000-0000-000000000000,$gpu" >"$out"
check "the first takes the first, which is not there" \
  has '"type":"result","instance":0,"outcome":"failure"' "$out"
check "the second takes the second" has '"type":"result","instance":1,"outcome":"success"' "$out"
probe cold_start "--devices=$gpu,"
check "what is no list of UUIDs is refused" has '"exit_code":2,' "$out"

copies=$work/copies
mkdir "$copies"
probe cold_pages "--directory=$copies" "--libcuda=$PWD/$BUILD_DIR/emulator/libcuda.so.1"
check "the library is copied" cmp "$copies/libcuda.so.1" "$BUILD_DIR/emulator/libcuda.so.1"
check "and taken out of memory, or it is said that it is not" \
  grep -qE '"outcome":"success"}|"reason":"page_cache_busy"' "$out"
probe cold_pages "--directory=$copies" --libcuda=/nowhere
check "one that is not there cannot be copied" ends '"outcome":"failure","reason":"no_library","phase":"copy"'

# A full disk is not the driver's fault. Where no file system may be mounted there is none to fill.
full=$work/full
mkdir "$full"
if unshare --user --map-root-user --mount mount -t tmpfs tmpfs "$full" 2>/dev/null; then
  # shellcheck disable=SC2016  # it expands where it runs
  unshare --user --map-root-user --mount sh -c 'mount -t tmpfs -o size=4k tmpfs "$1" && shift && exec "$@"' sh "$full" \
    "$launcher" -- "$BUILD_DIR/probes/cold_pages" "--directory=$full" \
    "--libcuda=$PWD/$BUILD_DIR/emulator/libcuda.so.1" >"$out"
  check "without room there are no cold pages" ends '"outcome":"skipped","reason":"page_cache_busy","phase":"copy"'
fi

# fails REASON_AND_PHASE SETTING...: how a cold start ends under a fault.
fails() {
  settings "${@:2}"
  probe cold_start "--device=$gpu"
  check "${*:2} is $1" ends "\"outcome\":\"failure\",\"reason\":$1"
  check "with exit code 1" has '"exit_code":1,' "$out"
}

fails '"uvm_missing","phase":"init","code":"CUDA_ERROR_UNKNOWN"' 'fault = call=cuInit code=999'
fails '"exclusive","phase":"context"' 'fault = call=cuDevicePrimaryCtxRetain code=46'
fails '"oom","phase":"allocate","code":"CUDA_ERROR_OUT_OF_MEMORY"' 'fault = call=cuMemAlloc_v2 code=2'
fails '"ptx_jit","phase":"load_module"' 'fault = call=cuModuleLoadData code=218'
fails '"launch_failed","phase":"first_kernel"' 'fault = call=cuCtxSynchronize code=719'
fails '"mps_unexpected","phase":"context"' 'mps_enabled = yes'

settings 'compute_mode = exclusive_process'
probe cold_start "--device=$gpu"
check "an exclusive GPU is skipped" ends '"outcome":"skipped","reason":"compute_mode","phase":"context"'
check "with exit code 77" has '"exit_code":77,' "$out"

settings 'compute_mode = exclusive_process' 'mps_enabled = yes'
probe cold_start "--device=$gpu" --mps=true
check "but not for clients of MPS" ends '"outcome":"success"}'
settings 'compute_mode = prohibited' 'mps_enabled = yes'
probe cold_start "--device=$gpu" --mps=true
check "a prohibited one is skipped for them, too" ends '"outcome":"skipped","reason":"compute_mode"'

settings 'mps_enabled = unsupported'
probe cold_start "--device=$gpu" --mps=true
check "a driver that cannot tell of MPS is not trusted with it" ends '"outcome":"skipped","reason":"not_supported","phase":"context"'
probe cold_start "--device=$gpu"
check "and may be without" ends '"outcome":"success"}'

settings 'fault = call=cuLaunchKernel signal=11'
probe cold_start "--device=$gpu"
check "a crash is seen in its phase" same "$(grep -c '"begin".*"first_kernel"' "$out")" 1
check "and reported by the launcher" has '"signal":11,' "$out"

settings
probe cold_start --device=GPU-00000000-0000-0000-0000-000000000000
check "an unknown device is none" ends '"outcome":"failure","reason":"no_device","phase":"context"'
probe cold_start "--device=$gpu" --other=1
check "an unknown option is refused" has '"exit_code":2,' "$out"
check "and nothing is said but by the launcher" same "$(grep -cv 'spawned\|reaped' "$out")" 0

settings 'fault = call=nvmlInit_v2 code=18'
probe devices
check "a mismatch is named" ends \
  '"outcome":"failure","reason":"driver_mismatch","phase":"init","code":"NVML_ERROR_LIB_RM_VERSION_MISMATCH"'
settings
probe devices --libcuda=/nowhere
check "without libcuda it is a failure" ends '"outcome":"failure","reason":"no_library","phase":"load_driver"'
check "but what NVML knows is told" same "$(grep -c '"name":"device_info"' "$out")" 2

settings 'fault = call=cuModuleLoadData slow_seconds=50' # scaled
exec 5< <(CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$emulator exec "$launcher" -- \
  "$BUILD_DIR/probes/cold_start" "--device=$gpu")
pid=$!
await '"begin","instance":0,"phase":"load_module"' 5
kill -TERM $pid
check "SIGTERM is seen after the call in progress" await '"reason":"cancelled","phase":"load_module"' 5
wait $pid

rm "$work/emulator.conf"
probe cold_start "--device=$gpu"
check "the emulator refuses without its settings" ends '"outcome":"failure","reason":"stub_library","phase":"init"'
probe devices
check "as a driver that is not loaded" ends '"outcome":"failure","reason":"no_driver","phase":"init"'
finish
