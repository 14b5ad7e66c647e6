#!/bin/sh
# Runs clang-format with the given arguments over all native sources.
set -eu
cd "$(dirname "$0")/../native"
find . -path ./build -prune -o \( -name '*.cpp' -o -name '*.c' -o -name '*.h' \) -print0 |
  xargs -0 -r clang-format "$@"
