#!/bin/bash
# The memory of devices and of processes, on the emulator, in the variant that is tested.
. test/launcher/lib.sh
out=$work/out
MiB=1048576
sleepers=()
trap 'kill "${sleepers[@]}" 2>/dev/null; rm -rf "$work"' EXIT

# sleeper: a process that is somebody else's; its PID is in $pid.
sleeper() {
  sleep 300 &
  pid=$!
  sleepers+=("$pid")
}

# settings LINE...: what the emulator is from here on, beside a quick GPU.
settings() {
  printf '%s\n' 'profile = h100' 'time_scale = 0' "$@" >"$work/emulator.conf"
}

# probe [OPTION]...: runs it under the launcher.
probe() {
  CUDAPROBE_EMULATOR=$work LD_LIBRARY_PATH=$BUILD_DIR/emulator "$launcher" -- \
    "$BUILD_DIR/probes/process_memory" "$@" >"$out" 2>"$work/err"
}

ends() {
  has "\"type\":\"result\",\"instance\":0,$1" "$out" && return
  tail -n 2 "$out" && cat "$work/err"
  return 1
}

# values NAME [TEXT]: the values of that sample, on the lines that have TEXT, in one line.
values() { grep -F "\"name\":\"$1\"" "$out" | grep -F -e "${2:-}" | number value | xargs; }

# told NAME [TEXT] WANTED
told() { same "$(values "$1" "$2")" "$3"; }

phases() { grep -o '"end","instance":0,"phase":"[a-z_]*' "$out" | cut -d'"' -f 8 | xargs; }

# start_of PID: field 22 of its stat; the names here have no spaces.
start_of() { cut -d' ' -f 22 "/proc/$1/stat"; }

sleeper
one=$pid
sleeper
two=$pid
sleeper
three=$pid

settings 'gpus = 2' "tenant = gpu=0 pid=$one bytes=$((5 * MiB))" \
  "tenant = gpu=0 pid=$two type=graphics bytes=$((9 * MiB))" \
  "tenant = gpu=0 pid=$three mps=true bytes=$((2 * MiB))" "tenant = gpu=1 pid=$one bytes=$((7 * MiB))" \
  "tenant = gpu=0 pid=1 hidden=true bytes=$((3 * MiB))"
probe
check "it succeeds" ends '"outcome":"success"}'
check "in these phases" same "$(phases)" "spawn load_driver init list"
check "with exit code 0" has '"exit_code":0,' "$out"
check "each GPU's total is told" told memory_total_bytes '' '85520809984 85520809984'
check "what is used" told memory_used_bytes '"gpu":"0"' $((19 * MiB))
check "what is reserved" told memory_reserved_bytes '"gpu":"1"' 503316480
check "what is free" told memory_free_bytes '"gpu":"1"' $((85520809984 - 503316480 - 7 * MiB))
check "what each process has, the largest first" \
  told process_memory_bytes '"gpu":"0"' "$((9 * MiB)) $((5 * MiB)) $((2 * MiB))"
check "on each GPU" told process_memory_bytes "\"gpu\":\"1\"" $((7 * MiB))
check "with who it is" has "\"pid\":\"$two\",\"client\":\"graphics\",\"process_name\":\"sleep\",\"start_time\":\"$(start_of "$two")\",\"cgroup\":\"/" "$out"
check "a client of MPS is one" told process_memory_bytes "\"pid\":\"$three\",\"client\":\"mps\"" $((2 * MiB))
check "processes are counted" told processes '"gpu":"0"' '1 1 1'
check "also where there are none" told processes '"gpu":"1"' '1 0 0'
check "none is over the limit" told overflow_memory_bytes '' '0 0'
check "none is ours" told own_memory_bytes '' '0 0'
check "what no process has is told" told unattributed_memory_bytes '' "$((3 * MiB)) 0"
check "records are as they should be" told stride_anomaly '' '0 0'
[ "$(readlink /proc/self/ns/pid)" = 'pid:[4026531836]' ] && limited=0 || limited=1
check "what we see is what there is" told visibility_limited '' "$limited $limited"

probe --processes_per_device=1
check "over the limit there is a sum" told overflow_memory_bytes '' "$((7 * MiB)) 0"
check "and the largest" told process_memory_bytes '' "$((9 * MiB)) $((7 * MiB))"
check "of all that are counted" told processes '"gpu":"0"' '1 1 1'
probe --processes_per_device=0
check "there may be the sum alone" told overflow_memory_bytes '' "$((16 * MiB)) $((7 * MiB))"
check "and no process" told process_memory_bytes '' ''
probe --processes_per_device=some
check "a limit is a number" has '"exit_code":2,' "$out"

settings "tenant = gpu=0 pid=$one memory=not_available bytes=$((5 * MiB))" "tenant = gpu=0 pid=$two bytes=$MiB"
probe
check "what is not available is counted" told processes '"client":"compute"' 2
check "and has no bytes" told process_memory_bytes '' $MiB
check "so nothing can be said of the rest" told unattributed_memory_bytes '' ''
check "but of what is used" told memory_used_bytes '' $((6 * MiB))

exec 5< <(exec "$launcher" -- sleep 300)
owner=$!
await '"spawned"' 5
settings "tenant = gpu=0 pid=$(number pid <<<"$line") bytes=$((4 * MiB))" "tenant = gpu=0 pid=$one bytes=$MiB"
probe
check "what our launcher started is ours" told own_memory_bytes '' $((4 * MiB))
check "and not among the processes" told processes '"client":"compute"' 1
check "nor told one by one" told process_memory_bytes '' $MiB
check "nor without an owner" told unattributed_memory_bytes '' 0
kill -TERM "$owner"
await '"reaped"' 5
exec 5<&-

true &
gone=$!
wait "$gone"
settings "tenant = gpu=0 pid=$gone bytes=$((8 * MiB))" "tenant = gpu=0 pid=$one bytes=$MiB"
probe
check "a PID that stays listed and is nobody's is hidden" told visibility_limited '' 1
check "it is no process that we know" told processes '"client":"compute"' 1
check "and its memory is nobody's" told unattributed_memory_bytes '' $((8 * MiB))
# The second look, at whether it is listed still, fails: then it has ended.
settings "tenant = gpu=0 pid=$gone bytes=$((8 * MiB))" "tenant = gpu=0 pid=$one bytes=$MiB" \
  'fault = call=nvmlDeviceGetMPSComputeRunningProcesses_v3 nth=2 code=999'
probe --processes_per_device=0
check "one that has ended is none" told processes '"client":"compute"' 1
check "it is in no sum" told overflow_memory_bytes '' $MiB
check "and leaves nothing unattributed" told unattributed_memory_bytes '' 0
check "nor is it hidden" told visibility_limited '' "$limited"

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
finish
