// step.h for blocks of several lanes: what lane 0 does for all of them, and how the others learn of
// it. Generated code calls these functions from control flow that is the same for the whole block.
//
//   if (!group_begin_slice(self)) return;
//   for (i < budget) {
//     context = group_next(self);
//     if (event_of(context) == 0) break;
//     handled = handler(context, ...);     all lanes; a serial actor's by lane 0 alone;
//                                          a parallel actor's with each lane's
//                                          lane_context(context)
//     group_finish(context, handled);
//   }
//   group_end_slice(self);
#pragma once

#include "ring/protocol/lanes.h"
#include "ring/protocol/step.h"

namespace ring::protocol {

inline bool is_parallel(std::uint32_t self) { return words[self + abi::kLaneStage] != 0; }

/// Rule 4: lane 0 samples, all learn the verdict.
RING_DETAIL_LIBRARY inline bool group_attach(std::uint32_t crew, std::uint32_t hash_low,
                                             std::uint32_t hash_high) {
  std::uint32_t agrees = 0;
  if (leads() && attach(crew, hash_low, hash_high)) agrees = 1;
  return agree(agrees) != 0;
}

RING_DETAIL_LIBRARY inline bool group_begin_slice(std::uint32_t self) {
  std::uint32_t runs = 0;
  if (leads() && begin_slice(self)) runs = 1;
  return agree(runs) != 0;
}

/// As many of the messages behind the one at `slot` as there are lanes, and room for an answer to
/// each (rule 6), are handled with it: those of its priority. One that has to be refused waits for
/// its turn.
inline void take_batch(std::uint32_t self, std::uint32_t slot) {
  const std::uint32_t ring = taken_ring(self);
  const Ring mailbox = mailbox_of(self, ring);
  const std::uint32_t room = words[self + abi::kOutboxMask] + 1 - staged(self);
  const std::uint32_t most = room < lanes() ? room : lanes();
  const std::uint64_t wall = wall_clock();
  std::uint32_t batch = 1;
  while (batch < most) {
    slot = peek(mailbox, words[self + abi::kHead + ring] + batch);
    if (slot == 0 || flaw(slot, wall) != abi::Reason::none) break;
    receive(self, slot, wall);
    ++batch;
  }
  tell(self + abi::kBatch, batch);
}

/// The message at that place of the batch that lies in the mailbox now.
inline std::uint32_t slot_in_batch(std::uint32_t self, std::uint32_t place) {
  const std::uint32_t ring = taken_ring(self);
  return slot_of(mailbox_of(self, ring), words[self + abi::kHead + ring] + place);
}

/// The same in all lanes; of a parallel actor's messages, the first.
RING_DETAIL_LIBRARY inline Context group_next(std::uint32_t self) {
  RING_SHARED std::uint32_t slot;
  std::uint32_t event = abi::kNone;
  if (leads()) {
    const Context context = next(self);
    if (context.slot_ != 0 && is_parallel(self)) take_batch(self, context.slot_);
    slot = context.slot_;
    event = context.event_;
  }
  const std::uint32_t agreed = agree(event); // its barriers order `slot` as well
  return make_context(self, slot, agreed);
}

/// What a lane of a parallel actor does: it handles the message that is its own, and lane 0 the
/// other events.
RING_DETAIL_LIBRARY inline Context lane_context(Context context) {
  const std::uint32_t self = context.self_;
  if (context.slot_ == 0) return leads() ? context : make_context(self, 0, abi::kNone);
  if (lane() >= words[self + abi::kBatch]) return make_context(self, 0, abi::kNone);
  const std::uint32_t slot = slot_in_batch(self, lane());
  return make_context(self, slot, words[slot + abi::kMessageType]);
}

/// Of the context that lane_context() gave.
RING_DETAIL_LIBRARY inline void lane_finish(Context context, bool handled) {
  if (context.slot_ == 0 || handled) return;
  words[context.slot_ + abi::kFlags] = words[context.slot_ + abi::kFlags] | abi::kUnknown;
}

/// Sends what a lane has sent.
inline void collect(std::uint32_t self, std::uint32_t stage) {
  const std::uint32_t sent = words[stage + abi::kLaneCount];
  for (std::uint32_t i = 0; i < sent && i < abi::kLaneSends; ++i) {
    const std::uint32_t slot = stage + abi::kLaneSlots + i * words[self + abi::kOutboxWords];
    send_copy(self, slot, words[slot + abi::kDestination],
              words[slot + abi::kFlags] & ~std::uint32_t{abi::kInLane});
  }
  if (sent > abi::kLaneSends) {
    tell(self + abi::kDropped, words[self + abi::kDropped] + sent - abi::kLaneSends);
    fail(self, abi::ActorError::outbox_full);
  }
  words[stage + abi::kLaneCount] = 0;
}

/// A batch has been handled: its answers go out in the order of its messages.
inline void finish_batch(Context context) {
  const std::uint32_t self = context.self_;
  const std::uint32_t batch = context.slot_ != 0 ? words[self + abi::kBatch] : 1;
  for (std::uint32_t i = 0; i < batch; ++i) {
    collect(self, lane_stage(self, i));
    if (context.slot_ == 0) {
      finish(context, true);
      return;
    }
    const std::uint32_t slot = slot_in_batch(self, 0); // those before it are done with
    const std::uint32_t flags = words[slot + abi::kFlags];
    if ((flags & abi::kUnknown) != 0) {
      bury(self, slot, abi::Reason::unknown_type);
      done_with_message(self);
    } else {
      finish(make_context(self, slot, context.event_), true);
    }
  }
}

/// All lanes have handled the event.
RING_DETAIL_LIBRARY inline void group_finish(Context context, bool handled) {
  ring::barrier();
  if (!leads()) return;
  if (is_parallel(context.self_)) {
    finish_batch(context);
  } else {
    finish(context, handled);
  }
}

RING_DETAIL_LIBRARY inline void group_end_slice(std::uint32_t self) {
  if (leads()) end_slice(self);
}

RING_DETAIL_LIBRARY inline void group_supervise(std::uint32_t self, std::uint32_t budget) {
  if (leads()) supervise(self, budget);
}

RING_DETAIL_LIBRARY inline std::uint32_t group_actor_at(std::uint32_t crew, std::uint32_t slot) {
  return agree(leads() ? actor_at(crew, slot) : 0);
}

/// Only lane 0 goes its rounds; the others' Round says nothing.
RING_DETAIL_LIBRARY inline Round group_begin_rounds(std::uint32_t crew, std::uint32_t lease,
                                                    std::uint32_t block, std::uint32_t blocks) {
  Round round{};
  if (leads()) round = begin_rounds(crew, lease, block, blocks);
  return round;
}

RING_DETAIL_LIBRARY inline Round group_advance(Round round) {
  if (leads()) round = advance(round);
  return round;
}

RING_DETAIL_LIBRARY inline bool group_is_over(Round round) {
  return agree(leads() && is_over(round) ? 1 : 0) != 0;
}

RING_DETAIL_LIBRARY inline std::uint32_t group_actor_to_run(Round round) {
  return agree(leads() ? actor_to_run(round) : 0);
}

} // namespace ring::protocol
