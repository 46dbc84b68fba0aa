#!/bin/bash
# round_trip.sh RINGCC FILE.cpp FOLDER
#
# The IR text is the whole truth: for each target the artefact made from the text equals the one made
# from C++, byte for byte, and so does the artefact of a second run. A target that cannot do a kernel
# must say so both ways.
set -u
ringcc=$1
source=$(basename "$2" .cpp)
folder=$3/$source
mkdir -p "$folder"
cd "$(dirname "$2")" || exit 1

"$ringcc" "$source.cpp" -I . -I .. --emit=ir -o "$folder/$source.rir" || exit 1
"$ringcc" -x ir "$folder/$source.rir" --emit=ir -o "$folder/again.rir" || exit 1
cmp "$folder/$source.rir" "$folder/again.rir" || exit 1

failed=0
for target in cuda spirv spirv-core wgsl cpu; do
  "$ringcc" "$source.cpp" -I . -I .. --emit=$target -o "$folder/direct" 2> "$folder/direct.txt"
  direct=$?
  "$ringcc" "$source.cpp" -I . -I .. --emit=$target -o "$folder/second" 2> "$folder/second.txt"
  "$ringcc" -x ir - --emit=$target -o "$folder/through" < "$folder/$source.rir" 2> "$folder/through.txt"
  through=$?
  if [[ $direct != "$through" ]]; then
    echo "$target: exit $direct from C++, $through from IR"
    cat "$folder/direct.txt" "$folder/through.txt"
    failed=1
  elif [[ $direct == 0 ]]; then
    cmp "$folder/direct" "$folder/second" || { echo "$target: two runs differ"; failed=1; }
    diff -a "$folder/direct" "$folder/through" > "$folder/difference" ||
      { echo "$target: C++ and IR differ"; head -20 "$folder/difference"; failed=1; }
  elif ! grep -q RC3 "$folder/direct.txt"; then
    echo "$target: refused for no reason of the target's"
    cat "$folder/direct.txt"
    failed=1
  fi
  rm -f "$folder/direct" "$folder/second" "$folder/through"
done
exit $failed
