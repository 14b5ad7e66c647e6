#!/bin/bash
# What the launcher does when it is told to, and when its parent dies.
. test/launcher/lib.sh

# Ends with 5 on SIGTERM; says ready when it would.
# shellcheck disable=SC2016  # it expands where it runs
obedient='trap "exit 5" TERM; echo ready; while :; do sleep 1000 & wait; done'

exec 5< <(exec "$launcher" -- sh -c "$obedient")
pid=$!
await ready 5
kill -TERM $pid
check "SIGTERM is passed on" await '"exit_code":5,' 5
wait $pid
check "the launcher ends in good order" same $? 0

exec 5< <(exec "$launcher" --instances=2 -- sh -c "$obedient")
pid=$!
await ready 5 && await ready 5
kill -TERM $pid
check "every instance gets it" eval 'await "\"exit_code\":5," 5 && await "\"exit_code\":5," 5'
wait $pid

exec 5< <(exec "$launcher" -- sh -c 'trap "exit 5" TERM; kill -STOP $$')
pid=$!
await spawned 5
stopped=$(number pid <<<"$line")
until grep -q ') T ' "/proc/$stopped/stat"; do :; done
kill -TERM $pid
check "one that was stopped is continued" await '"exit_code":5,' 5
wait $pid

exec 5< <(exec "$launcher" -- "$patient")
pid=$!
await begin 5
kill -TERM $pid
check "a probe reports that it was cancelled" await '"reason":"cancelled","phase":"wait"' 5
check "and ends as after any failure" await '"exit_code":1,' 5
wait $pid

exec 5< <(exec sh -c "'$launcher' -- sh -c '$obedient' & wait")
pid=$!
await ready 5
kill -KILL $pid
check "the launcher ends when its parent dies" await '"exit_code":5,' 5
wait $pid

exec 5< <(exec "$launcher" -- "$patient")
pid=$!
await begin 5
kill -KILL $pid
check "a probe ends when the launcher dies" await '"reason":"cancelled"' 5
check_not "nothing reports its end then" await reaped 5
wait $pid
finish
