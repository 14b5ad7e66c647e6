#!/bin/sh
# Runs one test and prints one line: run.sh NAME COMMAND [ARGUMENT]...
# It has two minutes. What a test says is shown when it fails; its last line, when it passes and says something.
name=$1
shift
if said=$(timeout -k 5 120 "$@" 2>&1); then
  last=$(printf '%s' "$said" | tail -n 1)
  printf 'ok %s%s\n' "$name" "${last:+ ($last)}"
else
  printf '%s\nFAILED %s\n' "$said" "$name"
  exit 1
fi
