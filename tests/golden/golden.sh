#!/bin/bash
# golden.sh RINGCC check NAME   compares what ringcc prints with expected/NAME
# golden.sh RINGCC accept       writes all of expected/ anew
set -u
ringcc=$(realpath "$1")
mode=$2
cd "$(dirname "$0")/inputs" || exit 1

status=0
while IFS='|' read -r name arguments; do
  name=${name// /}
  [[ -z $name || $name == \#* ]] && continue
  # shellcheck disable=SC2086  # the table's arguments are words
  if [[ $mode == accept ]]; then
    "$ringcc" $arguments > "../expected/$name" 2>&1
  elif [[ $name == "$3" ]]; then
    "$ringcc" $arguments 2>&1 | diff -u "../expected/$name" - || status=1
  fi
done < ../goldens.txt
exit $status
