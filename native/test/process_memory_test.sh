#!/bin/bash
# The memory of devices and of processes, on the emulator, in the variant that is tested.
. test/process_memory/lib.sh

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

settings 'gpus = 2' 'mig = gpu=1 gi=7 ci=0 bytes=10737418240' 'mig = gpu=1 gi=9 ci=0 bytes=21474836480' \
  "tenant = gpu=1 gi=9 ci=0 pid=$one bytes=$((6 * MiB))" "tenant = gpu=0 pid=$two bytes=$MiB"
probe
check "MIG instances are devices beside their GPU" told memory_total_bytes '"gpu":"1"' '85520809984 10737418240 21474836480'
check "each with its own UUID" same "$(grep '"name":"memory_total_bytes"' "$out" | grep -c '"mig_uuid":"MIG-')" 2
check "the GPU has its totals" told memory_used_bytes '"gpu":"1"' "$((6 * MiB)) 0 $((6 * MiB))"
check "and no processes of its own" told processes '"gpu":"1"' '0 0 0 1 0 0'
check "which the instances have" told process_memory_bytes '"gpu":"1"' $((6 * MiB))
check "by themselves" told unattributed_memory_bytes '"gpu":"1"' '0 0'
check "another GPU is whole" told process_memory_bytes '"gpu":"0"' $MiB
settings 'mig = gpu=0 gi=7 ci=0 bytes=10737418240' 'mig = gpu=0 gi=7 ci=1 bytes=10737418240' \
  "tenant = gpu=0 gi=7 ci=1 pid=$one bytes=$((6 * MiB))"
probe
check "where instances share memory each has its processes" told processes '"client":"compute"' '0 1'
check "and nobody knows what is left" told unattributed_memory_bytes '' ''

# as_other COMMAND...: runs it as somebody who may not ask what others run.
as_other() { setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$@" 2>"$work/err"; }
# without_proc COMMAND...: runs it where /proc shows nobody, as one that hides others' processes does.
without_proc() { unshare -m sh -c 'mount -t tmpfs none /proc && exec "$@"' sh "$@" 2>"$work/err"; }

settings "tenant = gpu=0 pid=$one bytes=$MiB"
chmod -R a+rwX "$work"
plain=(env "CUDAPROBE_EMULATOR=$work" "LD_LIBRARY_PATH=$BUILD_DIR/emulator" "$BUILD_DIR/probes/process_memory")
if as_other test -x "${plain[3]}"; then
  as_other "${plain[@]}" >"$out"
  check "what is kept from us is no hindrance" has '"process_name":"sleep","start_time":"' "$out"
  check "and hides nobody" told visibility_limited '' "$limited"
fi
if without_proc true; then
  without_proc "${plain[@]}" >"$out"
  check "a process that /proc does not show is hidden" told visibility_limited '' 1
  check "and told as far as it is known" \
    has "\"pid\":\"$one\",\"client\":\"compute\",\"process_name\":\"\",\"start_time\":\"\",\"cgroup\":\"\"" "$out"
  check "so that nothing is unattributed" told unattributed_memory_bytes '' 0
fi
finish
