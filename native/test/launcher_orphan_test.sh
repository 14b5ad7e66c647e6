#!/bin/bash
# A launcher whose parent is gone does not wait for ever.
. test/launcher/lib.sh

exec 5< <(exec sh -c "'$launcher' -- sh -c 'trap \"\" TERM; echo deaf; while :; do sleep 1000; done' & wait")
pid=$!
await deaf 5
kill -KILL $pid
check "what ignores SIGTERM is killed after a while" await '"signal":9,' 5
check_not "and the launcher ends" await anything 5
finish
