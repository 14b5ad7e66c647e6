#!/bin/bash
# What instances leave behind does not stay.
. test/launcher/lib.sh

# leaves_nothing WHAT COMMAND: COMMAND leaves processes whose ids it writes to $LEFT, and waits until
# they are what they are said to be. Those that hold standard output would keep us reading, too.
leaves_nothing() {
  local pids pid
  LEFT=$work/left "$launcher" -- sh -c "$2" | grep -q '"reaped"'
  pids=$(cat "$work/left")
  check "$1: there was one" test -n "$pids"
  for pid in $pids; do
    check_not "$1: $pid is gone" test -e "/proc/$pid"
  done
}

mkfifo "$work/ready"
export READY=$work/ready
# shellcheck disable=SC2016  # all of it expands where it runs
{
  leaves_nothing "a child in the background" 'sleep 1000 & echo $! >$LEFT'
  leaves_nothing "the child of one that crashed" 'sleep 1000 & echo $! >$LEFT; kill -SEGV $$'
  leaves_nothing "a child that ignores SIGTERM" \
    'sh -c "trap \"\" TERM; echo >\$READY; exec sleep 1000" & read -r word <$READY; echo $! >$LEFT'
  leaves_nothing "a session of its own" \
    'setsid sh -c "echo \$\$ >\$LEFT; echo >\$READY; exec sleep 1000" & read -r word <$READY'
  leaves_nothing "a daemon and its child" \
    '(setsid sh -c "sleep 1000 & echo \$\$ \$! >\$LEFT; echo >\$READY; wait" &); read -r word <$READY'
  leaves_nothing "a child that is stopped" 'sh -c "kill -STOP \$\$" & echo $! >$LEFT'
  leaves_nothing "fifty children" 'for i in $(seq 50); do sleep 1000 & echo $!; done >$LEFT'
}

# One that is asked has the time to give back what it holds.
mkfifo "$work/asked"
cat "$work/asked" >"$work/said" &
# shellcheck disable=SC2016  # it expands where it runs
ASKED=$work/asked leaves_nothing "a child that gives back" \
  'sh -c "trap \"echo given back >\$ASKED; exit\" TERM; echo >\$READY; while :; do sleep 1000 & wait; done" &
  read -r word <$READY; echo $! >$LEFT; kill -KILL $$'
wait $!
check "it was asked before it was killed" has "given back" "$work/said"

bystander=$(setsid sh -c 'sleep 1000 >/dev/null 2>&1 & echo $!')
"$launcher" -- true >/dev/null
check "who belongs to others is left alone" test -e "/proc/$bystander"
kill "$bystander"
finish
