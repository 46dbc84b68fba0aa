#!/bin/bash
# names_of_constants.sh RINGCC FILE.cpp
#
# What is made of an actor shows a reviewer the protocol: the words of actors and messages, the events
# and the ids of messages stand there by their names, and never as bare numbers. (WGSL reserves `self`.)
set -u
failed=0
for target in cuda wgsl; do
  code=$("$1" --emit=$target "$2") || exit 1
  wanted=('words\[self(_1)? \+ kHead \+ ring(_[0-9])?\]' 'case kStart' 'case kIdOfDeposit' 'load_Deposit\(' 'peek\(' 'publish_slot\(')
  [[ $target == cuda ]] && wanted+=('Ledger_receive_Deposit\(' 'reply_Balance\(')
  for name in "${wanted[@]}"; do
    grep -qE "$name" <<< "$code" || { echo "$target: nothing reads $name"; failed=1; }
  done
  grep -nE 'words\[(self|slot|actor|crew|from|to|destination)[a-z_.0-9]* \+ [0-9]' <<< "$code" && failed=1
  grep -nE 'case [0-9]{2,}' <<< "$code" && failed=1
done
exit $failed
