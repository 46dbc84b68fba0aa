#!/usr/bin/env bash
# style.sh format|tidy BUILD: what the tools say about the sources. A tool that is missing is a skip, or a failure when
# RINGCC_REQUIRE_ALL_EXECUTORS=1.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
what=$1 build=$2

skip() {
  if [[ ${RINGCC_REQUIRE_ALL_EXECUTORS:-0} == 1 ]]; then
    printf 'style.%s is required, and %s\n' "$what" "$1" >&2
    exit 1
  fi
  printf 'SKIPPED: %s\n' "$1"
  exit 0
}

need() {
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || skip "there is no $tool (run ./tools/dev setup)"; done
}

case $what in
  format)
    need git clang-format-19
    git -C "$root" rev-parse --is-inside-work-tree >/dev/null 2>&1 || skip "$root is no checkout of git"
    exec "$root/tools/dev" format --check
    ;;
  tidy)
    need python3 clang-tidy-19 clang++-19
    exec python3 "$root/tools/tidy.py" "$build"
    ;;
  *) printf 'style.sh: there is no check %s\n' "$what" >&2; exit 2 ;;
esac
