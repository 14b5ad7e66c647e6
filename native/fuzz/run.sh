#!/bin/sh
# Fuzzes for so many seconds, from the seeds and what was found before, and prints one line:
# run.sh FUZZER SECONDS.
set -eu
cd "$(dirname "$0")/.."

fuzzer=$1 seconds=$2
out=build/fuzz
corpus=$out/corpus/$fuzzer
log=$out/$fuzzer.log
mkdir -p "$corpus"

if "$out/$fuzzer" -max_total_time="$seconds" -max_len=32768 -timeout=10 -rss_limit_mb=2048 \
  -close_fd_mask=3 -print_final_stats=1 -artifact_prefix="$out/$fuzzer-" \
  "$corpus" "fuzz/seeds/$fuzzer" >"$log" 2>&1; then
  runs=$(sed -n 's/^stat::number_of_executed_units: //p' "$log")
  echo "ok fuzz_$fuzzer: $runs inputs in $seconds s"
else
  cat "$log"
  echo "FAILED fuzz_$fuzzer"
  exit 1
fi
