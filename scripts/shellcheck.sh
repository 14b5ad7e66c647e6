#!/bin/sh
# Runs shellcheck over every shell script of the repository, found by its first line.
set -eu
cd "$(dirname "$0")/.."
git ls-files --cached --others --exclude-standard -z |
  xargs -0 grep -slZE '^#!.*\b(sh|bash)$' |
  xargs -0 shellcheck
