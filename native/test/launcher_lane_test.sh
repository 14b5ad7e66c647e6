#!/bin/bash
# One run at a time.
. test/launcher/lib.sh
lane=$work/lane
mkfifo "$work/gate"

# Takes the lane until something is written to the gate.
hold() {
  exec 5< <(exec "$launcher" --lane_lock="$lane" -- sh -c "echo held; read -r word <'$work/gate'")
  holder=$!
  await held 5
}

let_go() { echo go >"$work/gate"; }

"$launcher" --lane_lock="$lane" -- true >"$work/out"
check "a free lane is had" same $? 0
check "its lock is made" test -f "$lane"

hold
"$launcher" --lane_lock="$lane" -- true >"$work/out"
check "a busy lane is 75" same $? 75
check "nothing is started in a busy lane" same "$(wc -c <"$work/out")" 0
began=$(date +%s%N)
"$launcher" --lane_lock="$lane" --lane_timeout_seconds=0.3 -- true >"$work/out"
check "the lane is waited for in vain" same $? 75
check "and as long as was said" test $(($(date +%s%N) - began)) -ge 300000000
"$launcher" --lane_lock="$work/other" -- true >"$work/out"
check "another lane is free" same $? 0

exec 6< <(exec "$launcher" --lane_lock="$lane" --lane_timeout_seconds=60 -- true)
waiter=$!
let_go
await reaped 5
end=$(number at_seconds <<<"$line")
await spawned 6
check "who waits begins when the lane is free" in_order "$end" "$(number at_seconds <<<"$line")"
wait $waiter
check "and ends in good order" same $? 0
wait $holder

hold
exec 6< <(exec "$launcher" --lane_lock="$lane" --lane_timeout_seconds=60 -- true)
waiter=$!
until grep -q '^SigCgt\|^SigBlk:.*4[0-9a-f]*$' "/proc/$waiter/status"; do :; done
until grep -qs signalfd <(ls -l "/proc/$waiter/fd"); do :; done
kill -TERM $waiter
wait $waiter
check "SIGTERM ends the waiting" same $? 75
check_not "without a start" await spawned 6

kill -USR1 $holder
"$launcher" --lane_lock="$lane" --lane_timeout_seconds=60 -- true >"$work/out"
check "SIGUSR1 gives the lane back" same $? 0
check "and the holder goes on" kill -0 $holder
let_go
check "to its own end" await '"exit_code":0,' 5
wait $holder

ln -s "$work/elsewhere" "$work/link"
"$launcher" --lane_lock="$work/link" -- true >"$work/out" 2>"$work/err"
check "a lock that is a link is 2" same $? 2
check_not "and what it leads to is not made" test -e "$work/elsewhere"

"$launcher" --lane_lock="$work/missing/lane" -- true >"$work/out" 2>"$work/err"
check "a lock that cannot be made is 2" same $? 2
check "and it is said" has "cannot open the lane's lock $work/missing/lane: No such file" "$work/err"
finish
