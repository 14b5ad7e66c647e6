#!/bin/bash
# What a program gets from the launcher, and what it does not.
. test/launcher/lib.sh
export CUDAPROBE_INSTANCE=9 CUDAPROBE_BARRIER=1
exec 7<"$0" 8>"$work/leak"

# told COMMAND [LAUNCHER'S OPTION]...: what a shell command says under the launcher.
told() {
  local command=$1
  shift
  "$launcher" "$@" -- sh -c "$command" <"$0" | grep -v '^{"type"'
}

# Told on the shell's own, without a pipe, whose ends it has open for a moment: its open descriptors.
# shellcheck disable=SC2016  # it expands where it runs
open='list=; for i in $(seq 0 255); do [ -e /proc/$$/fd/$i ] && list="$list $i"; done; echo $list'

# signals LIST: the signals below 32 in a list of /proc/self/status; libc keeps two above for itself.
signals() { echo $((0x$(told "grep $1: /proc/self/status" | cut -f 2) & 0x7fffffff)); }

check "standard input is empty" same "$(told 'wc -c')" 0
check "no descriptor leaks, nor the lane's lock" \
  same "$(told "$open" --lane_lock="$work/lane")" "0 1 2"
check "an instance has its number" same "$(told 'echo $CUDAPROBE_INSTANCE')" 0
check "alone there is no barrier" same "$(told 'echo ${CUDAPROBE_BARRIER-none}')" none
check "of several each has its number and a barrier" \
  same "$(told 'echo $CUDAPROBE_INSTANCE $CUDAPROBE_BARRIER' --instances=2 | sort | xargs)" "0 1 1 1"
check "a barrier is descriptors 3 and 4" \
  same "$(told "$open" --instances=2 | uniq)" "0 1 2 3 4"
check "no core is dumped" same "$(told 'ulimit -c')" 0
check "address space is not limited" same "$(told 'ulimit -v')" "$(ulimit -v)"
check "descriptors are" test "$(told 'ulimit -n')" -le 65536
umask 077
check "the umask is the launcher's own" same "$(told umask)" 0022
umask 022
check "memory is taken from instances first" same "$(told 'cat /proc/self/oom_score_adj')" 1000
check "and from the launcher no sooner than before" \
  same "$(told "until grep -x $(cat /proc/self/oom_score_adj) /proc/\$PPID/oom_score_adj; do :; done")" \
  "$(cat /proc/self/oom_score_adj)"
check "no signal is blocked" same "$(signals SigBlk)" 0
trap '' PIPE USR2
check "no signal is ignored" same "$(signals SigIgn)" 0
finish
