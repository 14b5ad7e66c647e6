#!/bin/bash
# Writes what npm packages are shipped, in CycloneDX and SPDX: out/cudaprobe.cdx.json, out/cudaprobe.spdx.json
#   sbom.sh [DIRECTORY]    to another directory than out
# `npm sbom --omit=dev` would leave out what is shipped and also needed in development, so it is asked about
# a package that has no devDependencies.
set -euo pipefail

cd "$(dirname "$0")/.."
out=$(realpath "${1:-out}")
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# npm calls the whole by the name of its directory.
shipped=$work/cudaprobe
mkdir "$shipped"
cp package.json package-lock.json .npmrc "$shipped"
cd "$shipped"
npm pkg delete devDependencies scripts
npm install --package-lock-only --ignore-scripts --offline --loglevel=error >&2
npm sbom --sbom-format=cyclonedx --package-lock-only >"$out/cudaprobe.cdx.json"
npm sbom --sbom-format=spdx --package-lock-only >"$out/cudaprobe.spdx.json"
echo "$out/cudaprobe.cdx.json $out/cudaprobe.spdx.json"
