#!/bin/bash
# The lines that the launcher writes, and what it ends with.
. test/launcher/lib.sh
out=$work/out
err=$work/err

"$launcher" -- sh -c 'echo from the program; exit 3' >"$out"
check "the launcher succeeds whatever the program does" same $? 0
check "three lines are written" same "$(wc -l <"$out")" 3
spawned='^\{"type":"spawned","instance":0,"at_seconds":[0-9]+\.[0-9]{9},"pid":[0-9]+\}$'
reaped='^\{"type":"reaped","instance":0,"at_seconds":[0-9]+\.[0-9]{9},"pid":[0-9]+,"exit_code":3,"cpu_seconds":[0-9]+\.[0-9]{9},"major_faults":[0-9]+,"max_rss_bytes":[1-9][0-9]+\}$'
check "spawned comes once" same "$(grep -cE "$spawned" "$out")" 1
check "reaped tells the exit code and what was used" same "$(tail -n 1 "$out" | grep -cE "$reaped")" 1
mapfile -t stamps < <(number at_seconds <"$out")
check "it is reaped after it was spawned" in_order "${stamps[@]}"
check "both lines name one process" same "$(number pid <"$out" | uniq | wc -l)" 1

"$launcher" -- sh -c 'kill -SEGV $$' >"$out"
check "a crash is no fault of the launcher's" same $? 0
check "a signal is reported" has '"signal":11,' "$out"
check_not "there is no exit code beside a signal" has exit_code "$out"

"$launcher" -- "$work/nothing" >"$out" 2>"$err"
check "a missing program is 127" same $? 127
check "nothing is reported of a missing program" same "$(wc -c <"$out")" 0
check "why is said" has "cannot start $work/nothing: No such file or directory" "$err"
: >"$work/data"
"$launcher" --instances=3 -- "$work/data" >"$out" 2>"$err"
check "a program that cannot be executed is 127" same $? 127

for arguments in "" "--" "true" "--instances=0 -- true" "--instances=257 -- true" "--other=1 -- true" \
  "--lane_timeout_seconds=x -- true"; do
  # shellcheck disable=SC2086  # the words are meant to be split
  "$launcher" $arguments >"$out" 2>"$err"
  check "'$arguments' is refused" same $? 2
  check "usage is said" has "usage: launcher" "$err"
  check "nothing is started" same "$(wc -c <"$out")" 0
done

"$launcher" --instances=2 -- sh -c 'ps -o pgid= -p $$' >"$out"
check "two are spawned" same "$(grep -c '"spawned"' "$out")" 2
check "two are reaped" same "$(grep -c '"reaped"' "$out")" 2
leader=$(grep '"spawned","instance":0' "$out" | number pid)
check "the group is instance 0's" same "$(grep -cE "^ *$leader\$" "$out")" 2
finish
