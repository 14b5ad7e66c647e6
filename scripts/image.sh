#!/bin/bash
# Builds the container image cudaprobe:VERSION from source.
#   image.sh [OPTION...]    options go to `docker build`
#   image.sh --build-arg=BUNDLE=archive    takes the bundle that bundle.sh made last, rather than building
# $CUDAPROBE_CONTAINER_ENGINE is another engine with a `build` like Docker's: podman, buildah.
set -euo pipefail

cd "$(dirname "$0")/.."
# BUNDLE is said in full, since buildah and podman do not find the stage of a default; a later one goes before.
version=$(node -p 'require("./package.json").version')
exec "${CUDAPROBE_CONTAINER_ENGINE:-docker}" build --file deploy/container/Dockerfile \
  --build-arg "VERSION=$version" --build-arg "REVISION=$(git rev-parse --short=12 HEAD)" \
  --build-arg BUNDLE=source --tag "cudaprobe:$version" "$@" .
