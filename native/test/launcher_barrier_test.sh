#!/bin/bash
# Several instances begin at the same moment.
. test/launcher/lib.sh
out=$work/out
# It comes to its first phase, and fails in it.
program=("$BUILD_DIR/probes/devices" --libnvidia_ml=/nowhere --libcuda=/nowhere)

"$launcher" --instances=3 -- "${program[@]}" >"$out"
check "it ends in good order" same $? 0
check "the barrier opens once" same "$(grep -c '"type":"released","instance":0,' "$out")" 1
released=$(grep '"released"' "$out" | number at_seconds)
check "three begin" same "$(grep -c '"begin"' "$out")" 3
for stamp in $(grep '"phase":"spawn"' "$out" | number at_seconds); do
  check "main is reached before the barrier opens" in_order "$stamp" "$released"
done
for stamp in $(grep '"begin"' "$out" | number at_seconds); do
  check "phases begin when it has opened" in_order "$released" "$stamp"
done

"$launcher" -- "${program[@]}" >"$out"
check_not "alone there is no barrier" has released "$out"

"$launcher" --instances=3 -- sh -c '[ "$CUDAPROBE_INSTANCE" = 1 ] && exit 9; exec "$0" "$@"' \
  "${program[@]}" >"$out"
check "one that dies before it is ready keeps nobody waiting" same "$(grep -c '"begin"' "$out")" 2
check "and is reported" has '"exit_code":9,' "$out"

"$launcher" --instances=2 -- true >"$out"
check "where nobody comes to the barrier all end" same "$(grep -c '"reaped"' "$out")" 2

# Instance 1 never gets ready; instance 0 waits for it, with SIGTERM held back.
exec 5< <(exec "$launcher" --instances=2 -- sh -c \
  '[ "$CUDAPROBE_INSTANCE" = 0 ] && exec "$0"; trap "exit 5" TERM; while :; do sleep 1000 & wait; done' \
  "$patient")
pid=$!
await '"phase":"spawn"' 5
kill -TERM $pid
check "SIGTERM opens the barrier" await released 5
check "so that who waited sees it" await '"reason":"cancelled"' 5
wait $pid
check "and all end" same $? 0
finish
