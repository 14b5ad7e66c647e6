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
"$launcher" --barrier=true -- "${program[@]}" >"$out"
check "unless there is to be one" same "$(grep -c '"type":"released","instance":0,' "$out")" 1
released=$(grep '"released"' "$out" | number at_seconds)
check "which holds the one" in_order "$released" "$(grep '"begin"' "$out" | number at_seconds)"

# It keeps its ends of the barrier open, as a program may that is not one of ours.
# shellcheck disable=SC2016  # it expands where it runs
"$launcher" --instances=3 -- sh -c '[ $CUDAPROBE_INSTANCE = 1 ] && exit 9; echo >&3; cat <&4; echo passed' \
  >"$out"
check "one that dies before it is ready keeps nobody waiting" same "$(grep -c passed "$out")" 2
check "and is reported" has '"exit_code":9,' "$out"

"$launcher" --instances=2 -- true >"$out"
check "where nobody comes to the barrier all end" same "$(grep -c '"reaped"' "$out")" 2

# Instance 1 comes when it is let, and ends on no signal; instance 0 waits at the barrier meanwhile.
mkfifo "$work/come" "$work/end"
export COME=$work/come END=$work/end
# shellcheck disable=SC2016  # it expands where it runs
late='[ $CUDAPROBE_INSTANCE = 0 ] && exec "$0"; trap "" TERM; echo deaf; read -r word <$COME; echo coming; exec "$@"'

exec 5< <(exec "$launcher" --instances=2 -- sh -c "$late" "$patient" "${program[@]}")
pid=$!
await_each 5 '"end","instance":0,"phase":"spawn"' deaf
echo come >"$work/come"
await '"end","instance":1,"phase":"spawn"' 5
came=$(number at_seconds <<<"$line")
check "the barrier waits for the last" await released 5
check "and opens when it is there" in_order "$came" "$(number at_seconds <<<"$line")"
kill -TERM $pid
check "the others go on from there" await '"reason":"cancelled"' 5
wait $pid

exec 5< <(exec "$launcher" --instances=2 -- sh -c "$late" "$patient" sh -c 'read -r word <$END')
pid=$!
await_each 5 '"end","instance":0,"phase":"spawn"' deaf
kill -TERM $pid
# Who waits there may be faster than the launcher says what it did.
check "SIGTERM opens the barrier, so that who waits there sees it" \
  await_each 5 released '"reason":"cancelled"'
echo come >"$work/come"
echo end >"$work/end"
wait $pid
check "and all end" same $? 0
finish
