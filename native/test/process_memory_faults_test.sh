#!/bin/bash
# What is left of the memory of devices and of processes when NVML answers in part, or oddly.
. test/process_memory/lib.sh

sleeper
one=$pid
sleeper
two=$pid

for stride in 16 32; do
  settings "nvml_process_stride = $stride" "tenant = gpu=0 pid=$one bytes=$MiB" "tenant = gpu=0 pid=$two bytes=$((2 * MiB))"
  probe
  check "records of $stride bytes are understood" told process_memory_bytes '' "$((2 * MiB)) $MiB"
  check "and said" told stride_anomaly '' 1
done

lists=nvmlDeviceGetComputeRunningProcesses
tenant="tenant = gpu=1 pid=$one bytes=$MiB"
settings 'gpus = 2' "$tenant" "fault = call=${lists}_v3 code=13"
probe
check "without _v3 there is _v2" told process_memory_bytes '' $MiB
settings 'gpus = 2' "$tenant" "fault = call=${lists}_v3 code=13" "fault = call=${lists}_v2 code=13"
probe
check "without _v2 there is the first" told process_memory_bytes '' $MiB
settings 'gpus = 2' "$tenant" "fault = call=${lists}_v3 nth=1 code=999"
probe
check "a list may fail" ends '"outcome":"success"}'
check "then its device has totals" told memory_used_bytes '' "0 $MiB"
check "and no processes" told processes '' '1 0 0'
check "as the others have" told process_memory_bytes '"gpu":"1"' $MiB
check "which is said to people" has "has no list of processes: $lists failed, NVML_ERROR_UNKNOWN" "$work/err"
settings 'gpus = 2' "$tenant" "fault = call=${lists}_v3 code=999"
probe
check "when every list fails the probe does" ends '"outcome":"failure","reason":"unknown","phase":"list","code":"NVML_ERROR_UNKNOWN"'
check "and tells what it knows" told memory_used_bytes '' "0 $MiB"
settings "fault = call=${lists}_v3 code=3"
probe
check "where there are no lists that is no failure" ends '"outcome":"success"}'
check "and no processes" told processes '' ''

settings 'fault = call=nvmlDeviceGetMemoryInfo_v2 code=3' "tenant = gpu=0 pid=$one bytes=$MiB"
probe
check "the first version counts the reserve as used" told memory_used_bytes '' $((MiB + 503316480))
check "and does not tell it apart" told memory_reserved_bytes '' ''

settings 'mig = gpu=0 gi=7 ci=0 bytes=10737418240' 'fault = call=nvmlDeviceGetMemoryInfo_v2 nth=1 code=4' \
  'fault = call=nvmlDeviceGetMemoryInfo nth=1 code=4'
probe
check "the figures of a divided GPU may be kept from us" told memory_total_bytes '' 10737418240

mapfile -t many < <(seq -f "tenant = gpu=0 pid=%.0f bytes=$MiB" 2 951)
settings "${many[@]}"
probe
check "950 processes are listed" ends '"outcome":"success"}'
all=$(grep -e '"name":"unattributed' -e '"name":"own' -e '"name":"overflow' -e '"name":"process_m' "$out" | number value)
# A few may be PIDs of what starts just now.
check "and accounted for" test $((${all//$'\n'/+})) -gt $((940 * MiB))

settings 'gpus = 2' 'lost = 0' "$tenant"
probe
check "a lost GPU is left out" told memory_used_bytes '' $MiB
settings 'lost = 0'
probe
check "none that answers is a failure" ends '"outcome":"failure","reason":"gpu_lost","phase":"list"'
settings
probe --libnvidia_ml=/nowhere
check "so is no library" ends '"outcome":"failure","reason":"no_library","phase":"load_driver"'
settings 'fault = call=nvmlInit_v2 code=9'
probe
check "and no driver" ends '"outcome":"failure","reason":"no_driver","phase":"init"'

printf '%s\n' 'gpus = 2' 'time_scale = 0.01' "$tenant" "fault = call=${lists}_v3 slow_seconds=100" >"$work/emulator.conf"
exec 5< <(CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$BUILD_DIR/emulator exec "$launcher" -- "$BUILD_DIR/probes/process_memory")
cancelled=$!
await '"begin","instance":0,"phase":"list"' 5
kill -TERM "$cancelled"
rest=$(cat <&5)
check "SIGTERM is seen between devices" has '"reason":"cancelled","phase":"list"' - <<<"$rest"
check_not "nothing is half told" has '"type":"sample"' - <<<"$rest"
wait "$cancelled"
finish
