#!/bin/bash
# Accepts what ringcc prints now as right: accept.sh [build folder]. Read the diff before you commit it.
set -eu
here=$(dirname "$(realpath "$0")")
build=${1:-$here/../../build}
bash "$here/golden.sh" "$build/tools/ringcc/ringcc" accept
git -C "$here" diff --stat -- expected
