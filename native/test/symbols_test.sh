#!/bin/bash
# Whatever a probe asks of the driver's libraries, the emulator has.
. test/launcher/lib.sh

# has_all LIBRARY HEADER: LIBRARY exports every symbol in HEADER's lists.
has_all() {
  local exported symbols symbol
  exported=$(nm -D --defined-only "$BUILD_DIR/emulator/$1" | awk '{ print $3 }')
  symbols=$(sed -n 's/^  X(\([a-zA-Z0-9_]*\)).*/\1/p' "common/$2")
  check "$2 lists symbols" test -n "$symbols"
  for symbol in $symbols; do
    check "$1 exports $symbol" grep -qx "$symbol" <<<"$exported"
  done
}

has_all libcuda.so.1 cuda_abi.h
has_all libnvidia-ml.so.1 nvml_abi.h
finish
