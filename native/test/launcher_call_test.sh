#!/bin/bash
# A launcher that was started ahead, and what it is told on standard input.
. test/launcher/lib.sh
out=$work/out
err=$work/err

# call WORD...: a call of these words, without variables.
call() { printf '%s\0' $(($# + 1)) launcher "$@" ''; }

# call_in VARIABLE WORD...: the same with a variable.
call_in() {
  local variable=$1
  shift
  printf '%s\0' $(($# + 1)) launcher "$@" "$variable" ''
}

# told: what a launcher that was started ahead writes and ends with; its call is on standard input.
told() { FOREIGN=1 "$launcher" --call=stdin >"$out" 2>"$err"; }

call -- /bin/sh -c 'exit 3' | told
check "the launcher does what it is told" same $? 0
check "and reports on it" has '"exit_code":3,' "$out"
check "once" same "$(grep -c '"type"' "$out")" 2
call -- /bin/sh -c 'tr "\0" " " </proc/$PPID/cmdline' | told
check "it looks as if it had been called so" has 'launcher -- /bin/sh -c tr' "$out"
call_in A=b -- /usr/bin/env | told
check "a program has the variables of the call and no others" \
  same "$(grep -v '^{' "$out" | sort | xargs)" "A=b CUDAPROBE_INSTANCE=0"
call -- /usr/bin/printf '<%s>' '' 'a b' '' | told
check "words may be empty" same "$(grep -o '<.*>' "$out")" "<><a b><>"
long=$(head -c 100000 /dev/zero | tr '\0' x)
call -- /bin/sh -c 'echo ${#1}' sh "$long" | told
check "and longer than a pipe holds at once" has 100000 "$out"
call --lane_lock="$work/lane" --instances=2 -- /bin/true | told
check "options are those of the command line" same "$(grep -c '"reaped"' "$out")" 2

told </dev/null
check "one that is not needed ends" same $? 0
check "and starts nothing" same "$(cat "$out" "$err")" ""

call_in A=b -- /bin/echo started '' >"$work/call"
whole=$(stat -c %s "$work/call")
for size in $(seq 1 $((whole - 1))); do
  head -c "$size" "$work/call" | told
  check "the begin of a call is none: $size bytes" same "$?$(cat "$out")" 2
done
check "that is said" has 'launcher: it has no call: standard input is none' "$err"
for head in 0 -1 x 7 99999999999999999999; do
  { printf '%s\0' "$head" && tail -c +3 "$work/call"; } | told
  check "nor is one that counts wrongly: $head" same "$?$(cat "$out")" 2
done
call --unknown=1 -- /bin/true | told
check "a call that is malformed is as malformed as a command line" same $? 2
told <"$work"
check "input that cannot be read is no call" same $? 2
check "and that is said" has 'launcher: it has no call: Is a directory' "$err"
finish
