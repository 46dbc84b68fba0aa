// A bounded ring of message slots for several producers and one consumer (after D. Vyukov, "Bounded
// MPMC queue", 2010). The sequence in each slot is the only publication: nobody reads a shared
// head, and a producer that stops after its claim holds up nobody but the ring's consumer.
//
// The numbers in the comments are those of the protocol's rules (README.md).
#pragma once

#include "ring/abi/actor_block.h"
#include "ring/protocol/words.h"

namespace ring::protocol {

/// Where a ring lies; capacity is a power of two.
struct Ring {
  std::uint32_t slots;      // address of slot 0
  std::uint32_t mask;       // capacity - 1
  std::uint32_t slot_words; // header included
  std::uint32_t tail;       // address of the producers' position
};

inline std::uint32_t slot_of(Ring ring, std::uint32_t position) {
  return ring.slots + (position & ring.mask) * ring.slot_words;
}

/// The address of a slot that is now the caller's to fill and to publish; 0 when the ring is full,
/// and then nothing has changed (rules 2 and 3). Tries again only while others succeed (rule 8).
inline std::uint32_t claim(Ring ring) {
  std::uint32_t position = look(ring.tail);
  for (;;) {
    const std::uint32_t slot = slot_of(ring, position);
    // Pairs with release(): what the consumer read there is read.
    const std::uint32_t ahead = observe(slot + abi::kSequence) - 2 * position;
    if (ahead == 0) {
      const std::uint32_t wanted = position;
      // The position orders nothing; the slot's sequence does.
      if (ring::atomic_ref(words[ring.tail])
              .compare_exchange_strong(position, wanted + 1, ring::relaxed,
                                       ring::MemoryScope::system))
        return slot;
    } else if (static_cast<std::int32_t>(ahead) < 0) {
      return 0;
    } else {
      position = look(ring.tail);
    }
  }
}

/// Hands a filled slot to the consumer; pairs with the observation in peek().
inline void publish_slot(std::uint32_t slot) {
  put(slot + abi::kSequence, words[slot + abi::kSequence] + 1);
}

/// The slot of that position if it holds a message, else 0.
inline std::uint32_t peek(Ring ring, std::uint32_t position) {
  const std::uint32_t slot = slot_of(ring, position);
  // Pairs with publish_slot().
  return observe(slot + abi::kSequence) == 2 * position + 1 ? slot : 0;
}

/// Gives a slot that was peeked at back to the producers; pairs with the observation in claim().
inline void release_slot(Ring ring, std::uint32_t position) {
  put(slot_of(ring, position) + abi::kSequence, 2 * (position + ring.mask + 1));
}

/// The ring to the host. Only the actor itself fills it.
inline Ring replies_of(std::uint32_t actor) {
  return Ring{words[actor + abi::kReplies], words[actor + abi::kRepliesMask],
              words[actor + abi::kRepliesWords], actor + abi::kRepliesTail};
}

// --- The mailbox ---------------------------------------------------------------------------------
//
// It is one ring, or with kHasPriorities one for each priority, all as large, one behind the other.
// Ring 0 is that of normal messages, so that for who has no priorities it is all there is.

inline bool has_priorities(std::uint32_t actor) {
  return (words[actor + abi::kTraits] & abi::kHasPriorities) != 0;
}

/// In the flags of a message; what is above the highest priority counts as that.
inline std::uint32_t flags_of(abi::Priority priority) {
  const auto value = static_cast<std::uint32_t>(priority);
  const std::uint32_t highest = abi::kPriorities - 1;
  const std::uint32_t known = value < highest ? value : highest;
  return (known - 1) << abi::kRingShift & abi::kRingMask;
}

inline abi::Priority priority_of(std::uint32_t flags) {
  const std::uint32_t ring = (flags & abi::kRingMask) >> abi::kRingShift;
  return static_cast<abi::Priority>((ring + 1) % abi::kPriorities);
}

/// Which ring of that actor's mailbox takes a message with those flags.
inline std::uint32_t ring_in(std::uint32_t actor, std::uint32_t flags) {
  const std::uint32_t ring = (flags & abi::kRingMask) >> abi::kRingShift;
  return ring != 0 && has_priorities(actor) ? ring : 0;
}

inline Ring mailbox_of(std::uint32_t actor, std::uint32_t ring) {
  const std::uint32_t mask = words[actor + abi::kMailboxMask];
  const std::uint32_t slot_words = words[actor + abi::kMailboxWords];
  return Ring{words[actor + abi::kMailbox] + ring * (mask + 1) * slot_words, mask, slot_words,
              actor + abi::kTail + ring};
}

/// The message at the head of a ring of the mailbox, or 0.
inline std::uint32_t first_in(std::uint32_t actor, std::uint32_t ring) {
  return peek(mailbox_of(actor, ring), words[actor + abi::kHead + ring]);
}

/// The ring to take the next message from: that of the highest priority that holds one. While
/// higher ones come, lower ones wait.
inline std::uint32_t next_ring(std::uint32_t actor) {
  if (!has_priorities(actor)) return 0;
  for (std::uint32_t i = 0; i < abi::kPriorities; ++i) {
    const std::uint32_t ring = (abi::kPriorities - 2 - i) % abi::kPriorities; // 2, 1, 0, 3
    if (first_in(actor, ring) != 0) return ring;
  }
  return 0;
}

/// The ring that the message which is being handled was taken from.
inline std::uint32_t taken_ring(std::uint32_t actor) {
  return has_priorities(actor) ? words[actor + abi::kTaken] : 0;
}

inline std::uint32_t depth_in(std::uint32_t actor, std::uint32_t ring) {
  const std::uint32_t head = look(actor + abi::kHead + ring); // first: no head is past its tail
  return observe(actor + abi::kTail + ring) - head;
}

/// How many messages the mailbox holds, those that are claimed and not published yet included.
inline std::uint32_t depth_of(std::uint32_t actor) {
  const bool has_more = has_priorities(actor);
  std::uint32_t depth = depth_in(actor, 0);
  for (std::uint32_t ring = 1; has_more && ring < abi::kPriorities; ++ring)
    depth += depth_in(actor, ring);
  return depth;
}

/// Sets the ready bit of an actor, for who runs its crew. Published before, seen after (rule 5):
/// pairs with the exchange in take_ready().
inline void notify(std::uint32_t actor) {
  const std::uint32_t slot = words[actor + abi::kSlot];
  const std::uint32_t ready = words[words[actor + abi::kCrew] + abi::kCrewReady] + slot / 32;
  ring::atomic_ref(words[ready])
      .fetch_or(std::uint32_t{1} << (slot % 32), ring::release, ring::MemoryScope::system);
}

} // namespace ring::protocol
