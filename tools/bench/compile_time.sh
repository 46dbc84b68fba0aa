#!/usr/bin/env bash
# How long ringcc takes on a 20-line kernel, from the shell: interleaved with clang++ -fsyntax-only of the
# same file, with the same macro for what its headers show, so that whatever else the machine does falls
# on both.
#
#   compile_time.sh RINGCC [REPETITIONS]
set -euo pipefail
ringcc=$1
repetitions=${2:-30}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
kernel=$here/kernel.cpp
clang=$(command -v clang++-19) || { echo "bench: there is no clang++-19" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# measure FILE COMMAND...: appends the milliseconds that it took.
measure() {
  local file=$1 begin end
  shift
  begin=$EPOCHREALTIME
  "$@" >/dev/null
  end=$EPOCHREALTIME
  echo "$begin $end" | awk '{ printf "%.3f\n", ($2 - $1) * 1000 }' >>"$file"
}

# summary FILE: median, smallest and quartiles.
summary() {
  sort -n "$1" | awk '{ t[NR] = $1 }
    function at(q) { return t[int(1 + q * (NR - 1) + 0.5)] }
    END { printf "%.2f %.2f %.2f %.2f\n", at(0.5), t[1], at(0.25), at(0.75) }'
}

for ((i = 0; i <= repetitions; ++i)); do
  # The first round only warms the caches.
  ((i > 0)) && suffix=ms || suffix=cold
  measure "$scratch/ringcc.$suffix" "$ringcc" --emit=cuda "$kernel"
  measure "$scratch/clang.$suffix" "$clang" -std=c++20 -D__RINGCC__=1 -fsyntax-only \
    -isystem "$here/../../intrinsics/include" -isystem "$here/../../runtime/protocol/include" \
    -isystem "$here/../../runtime/abi/include" "$kernel"
done

read -r ringcc_median ringcc_min ringcc_low ringcc_high < <(summary "$scratch/ringcc.ms")
read -r clang_median clang_min clang_low clang_high < <(summary "$scratch/clang.ms")
row='%-28s %9s %9s %15s\n'
printf "$row" "ms, $repetitions runs each" median smallest "quartiles"
printf "$row" "ringcc --emit=cuda" "$ringcc_median" "$ringcc_min" "$ringcc_low-$ringcc_high"
printf "$row" "clang++-19 -fsyntax-only" "$clang_median" "$clang_min" "$clang_low-$clang_high"
paste "$scratch/ringcc.ms" "$scratch/clang.ms" | awk '{ printf "%.3f\n", $1 / $2 }' >"$scratch/ratio"
read -r ratio _ ratio_low ratio_high < <(summary "$scratch/ratio")
printf 'ratio, pair by pair: median %s, quartiles %s-%s\n' "$ratio" "$ratio_low" "$ratio_high"
awk -v a="$ringcc_median" -v b="$clang_median" -v c="$ringcc_min" -v d="$clang_min" \
  'BEGIN { printf "ratio of medians: %.2f, of the smallest: %.2f\n\n", a / b, c / d }'

# Our own work is all but Clang's parse; the median over some runs, for each target.
kernels=$(grep -c '^RING_GLOBAL' "$kernel")
for target in cuda spirv wgsl cpu; do
  for ((i = 0; i < 9; ++i)); do
    "$ringcc" --emit=$target -o /dev/null --time-report "$kernel" 2>&1 |
      awk '/total of/ { total = $1 } /parse \(Clang\)/ { parse = $1 }
           END { printf "%.3f %.3f\n", total - parse, total }'
  done | sort -n | awk -v target=$target -v kernels="$kernels" '{ own[NR] = $1; all[NR] = $2 }
    END { m = int((NR + 1) / 2)
          printf "own work, %-6s %7.2f ms a kernel, %4.1f %% of the time in the process\n",
                 target, own[m] / kernels, 100 * own[m] / all[m] }'
done
