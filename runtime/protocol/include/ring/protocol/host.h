// The whole protocol, for host code: no device code includes this.
#pragma once

#include "ring/kernel.h"
#include "ring/protocol/group.h"

namespace ring::protocol {

/// An empty ring of `capacity` slots (a power of two) from word `slots` on, and the words of the
/// actor's block that say so, from `which` on: abi::kMailbox, kReplies or kOutbox. `rings` of them,
/// one behind the other, are the mailbox of an actor with priorities.
inline void lay_out_ring(std::uint32_t actor, std::uint32_t which, std::uint32_t slots,
                         std::uint32_t capacity, std::uint32_t slot_words,
                         std::uint32_t rings = 1) {
  words[actor + which] = slots;
  words[actor + which + 1] = capacity - 1;
  words[actor + which + 2] = slot_words;
  for (std::uint32_t i = 0; i < rings * capacity; ++i)
    words[slots + i * slot_words + abi::kSequence] = 2 * (i % capacity);
}

/// Words for what the lanes of a parallel actor send, if a slot of its outbox has `slot_words`.
inline std::uint64_t lane_stage_words(std::uint32_t lanes, std::uint32_t slot_words) {
  return std::uint64_t{lanes} * (abi::kLaneSlots + abi::kLaneSends * slot_words);
}

/// So many words from `stage` on, for an actor whose outbox has been laid out.
inline void lay_out_lanes(std::uint32_t actor, std::uint32_t stage, std::uint32_t lanes) {
  words[actor + abi::kLaneStage] = stage;
  for (std::uint32_t lane = 0; lane < lanes; ++lane)
    words[lane_stage(actor, lane) + abi::kLaneCount] = 0;
}

} // namespace ring::protocol
