#!/bin/sh
# Three lists must agree: what the headers declare, what the libraries export, and the calls that
# faults and tests know by name.
set -eu
libraries=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

declared() { sed -nE "s/^($1) ([A-Za-z0-9_]+)\(.*/\2/p" "$2" | sort; }
exported() { nm -D --defined-only "$1" | awk '{ print $3 }' | sort; }
same() { diff -u "$1" "$2" || { echo "$3" >&2; exit 1; }; }

declared CUresult common/cuda_abi.h >"$work/cuda"
declared nvmlReturn_t common/nvml_abi.h >"$work/nvml"
sort "$work/cuda" "$work/nvml" >"$work/both"
[ "$(wc -l <"$work/both")" -gt 50 ] || { echo "the headers could not be read" >&2; exit 1; }

for pair in cuda:libcuda.so.1 nvml:libnvidia-ml.so.1; do
  kind=${pair%%:*}
  library=$libraries/${pair#*:}
  { cat "$work/$kind"; echo cudaprobe_emulator_version; } | sort >"$work/wanted"
  exported "$library" >"$work/exported"
  same "$work/wanted" "$work/exported" "$library exports something else than its header declares"
  sed -nE 's/^ *X\(([A-Za-z0-9_]+)\).*/\1/p' "emulator/test/${kind}_table.h" | sort >"$work/table"
  same "$work/$kind" "$work/table" "emulator/test/${kind}_table.h is not the header's list"
  readelf -d "$library" | grep -q "SONAME.*\[${pair#*:}\]" || { echo "$library: soname" >&2; exit 1; }
  if readelf -d "$library" | grep -q 'NEEDED.*libstdc++'; then
    echo "$library needs libstdc++, which a probe does not have" >&2
    exit 1
  fi
done

grep -oE '"(cu|nvml)[A-Za-z0-9_]+"' emulator/engine/settings/call_names.cpp | tr -d '"' | sort >"$work/names"
same "$work/both" "$work/names" "call_names.cpp is not the headers' list"
echo "$(wc -l <"$work/both") functions"
