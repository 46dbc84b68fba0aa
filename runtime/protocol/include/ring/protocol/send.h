// How an actor's messages leave it. A send never waits: what a full mailbox does not take lies in
// the actor's outbox, and an actor whose outbox is half full takes no new message until there is
// room. So a message that is taken has the room for its answer (rule 6), and order for each
// receiver is kept (rule 3).
#pragma once

#include "ring/protocol/checksum.h"
#include "ring/protocol/clock.h"
#include "ring/protocol/lanes.h"
#include "ring/protocol/queue.h"

namespace ring::protocol {

inline void fail(std::uint32_t self, abi::ActorError error) {
  tell(self + abi::kLastError, static_cast<std::uint32_t>(error));
  count(self + abi::kErrorCount);
}

inline std::uint32_t words_of(std::uint32_t bytes) { return (bytes + 3) / 4; }

inline Ring outbox_of(std::uint32_t actor) {
  return Ring{words[actor + abi::kOutbox], words[actor + abi::kOutboxMask],
              words[actor + abi::kOutboxWords], actor + abi::kOutboxTail};
}

inline std::uint32_t staged(std::uint32_t self) {
  return words[self + abi::kOutboxTail] - words[self + abi::kOutboxHead];
}

/// The ring that takes a message: the receiver's mailbox, or the ring to the host.
inline Ring ring_for(std::uint32_t self, std::uint32_t destination, std::uint32_t flags) {
  const bool to_host = destination == abi::kHost || (flags & abi::kIsDead) != 0;
  return to_host ? replies_of(self) : mailbox_of(destination);
}

/// Why a message cannot go there now or ever.
inline abi::Reason obstacle(std::uint32_t destination, std::uint32_t bytes, std::uint32_t hops) {
  if (destination == abi::kHost) return abi::Reason::none;
  if (destination == abi::kNobody) return abi::Reason::no_route;
  if (hops > abi::kMaxHops) return abi::Reason::hops_exceeded;
  const auto phase = static_cast<abi::Phase>(observe(destination + abi::kPhase));
  if (phase == abi::Phase::terminated) return abi::Reason::closed;
  if (abi::kPayload + words_of(bytes) > words[destination + abi::kMailboxWords])
    return abi::Reason::too_large;
  return abi::Reason::none;
}

inline std::uint32_t dead(abi::Reason reason) {
  return abi::kIsDead | static_cast<std::uint32_t>(reason);
}

/// Whether its receiver would rather lose a message than let the sender wait.
inline bool refuses_when_full(std::uint32_t destination, std::uint32_t flags) {
  return destination > abi::kNobody && (flags & abi::kIsDead) == 0 &&
         words[destination + abi::kOverflow] != static_cast<std::uint32_t>(abi::Overflow::wait);
}

/// open() of who speaks for the actor.
inline std::uint32_t open_now(std::uint32_t self, std::uint32_t destination, std::uint32_t type,
                              std::uint32_t bytes, std::uint32_t correlation, std::uint32_t flags) {
  if ((flags & abi::kIsDead) == 0) {
    const abi::Reason reason =
        obstacle(destination, bytes, (flags & abi::kHopMask) >> abi::kHopShift);
    if (reason != abi::Reason::none) flags |= dead(reason);
  }
  std::uint32_t slot = 0;
  while (staged(self) == 0) { // else it queues behind those, and flush() sees to it
    slot = claim(ring_for(self, destination, flags));
    if (slot != 0 || !refuses_when_full(destination, flags)) break;
    flags |= dead(abi::Reason::full); // once more, to the host
  }
  if (slot == 0 && staged(self) <= words[self + abi::kOutboxMask]) {
    slot = slot_of(outbox_of(self), words[self + abi::kOutboxTail]);
    flags |= abi::kStaged;
  }
  if (slot == 0) {
    count(self + abi::kDropped);
    fail(self, abi::ActorError::outbox_full);
    return 0;
  }
  if ((flags & (abi::kIsDead | abi::kStaged)) == abi::kIsDead) count(self + abi::kDead);
  tick(self, wall_clock());
  count(self + abi::kMessageCount);
  words[slot + abi::kMessageType] = type;
  words[slot + abi::kBytes] = bytes;
  words[slot + abi::kFlags] = flags;
  words[slot + abi::kSource] = self;
  words[slot + abi::kDestination] = destination;
  words[slot + abi::kCorrelation] = correlation;
  words[slot + abi::kChecksum] = 0;
  words[slot + abi::kPhysicalLow] = words[self + abi::kClockLow];
  words[slot + abi::kPhysicalHigh] = words[self + abi::kClockHigh];
  words[slot + abi::kLogical] = words[self + abi::kClockLogical];
  words[slot + abi::kNode] = self;
  words[slot + abi::kDeadlineLow] = 0;
  words[slot + abi::kDeadlineHigh] = 0;
  words[slot + abi::kMessageId] = words[self + abi::kMessageCount];
  return slot;
}

/// publish() of who speaks for the actor.
inline void publish_now(std::uint32_t self, std::uint32_t slot) {
  count(self + abi::kSent);
  const std::uint32_t flags = words[slot + abi::kFlags];
  if ((flags & abi::kStaged) != 0) {
    tell(self + abi::kOutboxTail, words[self + abi::kOutboxTail] + 1);
    return;
  }
  const std::uint32_t destination = words[slot + abi::kDestination];
  publish_slot(slot);
  if (destination != abi::kHost && (flags & abi::kIsDead) == 0) notify(destination);
}

/// Where a lane of a parallel actor puts what it sends.
inline std::uint32_t lane_stage(std::uint32_t self, std::uint32_t lane) {
  return words[self + abi::kLaneStage] +
         lane * (abi::kLaneSlots + abi::kLaneSends * words[self + abi::kOutboxWords]);
}

/// open() of a lane that handles a message of its own: lane 0 sends it when all have handled
/// theirs.
inline std::uint32_t open_in_lane(std::uint32_t self, std::uint32_t destination, std::uint32_t type,
                                  std::uint32_t bytes, std::uint32_t correlation,
                                  std::uint32_t flags) {
  const std::uint32_t stage = lane_stage(self, lane());
  const std::uint32_t count = words[stage + abi::kLaneCount];
  words[stage + abi::kLaneCount] = count + 1;
  if (count >= abi::kLaneSends) return 0;
  const std::uint32_t slot = stage + abi::kLaneSlots + count * words[self + abi::kOutboxWords];
  words[slot + abi::kMessageType] = type;
  words[slot + abi::kBytes] = bytes;
  words[slot + abi::kFlags] = flags | abi::kInLane;
  words[slot + abi::kSource] = self;
  words[slot + abi::kDestination] = destination;
  words[slot + abi::kCorrelation] = correlation;
  words[slot + abi::kDeadlineLow] = 0;
  words[slot + abi::kDeadlineHigh] = 0;
  return slot;
}

/// A slot for a message of that size, header filled in, for the caller to write the payload and to
/// publish(). 0 when even the outbox is full, and the message is lost and counted; 0 for all lanes
/// of a group but the first, which speaks for it.
inline std::uint32_t open(std::uint32_t self, std::uint32_t destination, std::uint32_t type,
                          std::uint32_t bytes, std::uint32_t correlation, std::uint32_t flags) {
  if (lanes() > 1) {
    if (words[self + abi::kLaneStage] != 0)
      return open_in_lane(self, destination, type, bytes, correlation, flags);
    if (!leads()) return 0;
  }
  return open_now(self, destination, type, bytes, correlation, flags);
}

/// The message in an opened slot is complete.
inline void publish(std::uint32_t self, std::uint32_t slot) {
  if (lanes() > 1 && (words[slot + abi::kFlags] & abi::kInLane) != 0) return;
  publish_now(self, slot);
}

/// Delivers what lies in the outbox, in order, until a receiver is full. Rule 8: the actor does not
/// wait there; it says for whom, and the host reports it.
inline void flush(std::uint32_t self) {
  while (staged(self) != 0) {
    const std::uint32_t head = words[self + abi::kOutboxHead];
    const std::uint32_t from = slot_of(outbox_of(self), head);
    const std::uint32_t destination = words[from + abi::kDestination];
    std::uint32_t flags = words[from + abi::kFlags] & ~std::uint32_t{abi::kStaged};
    if ((flags & abi::kIsDead) == 0) {
      const abi::Reason reason = obstacle(destination, words[from + abi::kBytes], 0);
      if (reason != abi::Reason::none) flags |= dead(reason); // it ended meanwhile
    }
    const Ring ring = ring_for(self, destination, flags);
    const std::uint32_t to = claim(ring);
    if (to == 0 && refuses_when_full(destination, flags)) {
      words[from + abi::kFlags] = flags | abi::kStaged | dead(abi::Reason::full);
      continue; // once more, to the host
    }
    if (to == 0) {
      const std::uint32_t tail = observe(ring.tail);
      tell(self + abi::kWaitsSeen, observe(slot_of(ring, tail) + abi::kSequence));
      tell(self + abi::kWaitsExpected, 2 * tail);
      tell(self + abi::kWaitsFor, ring.tail == self + abi::kRepliesTail ? self : destination);
      return;
    }
    const std::uint32_t end = abi::kPayload + words_of(words[from + abi::kBytes]);
    for (std::uint32_t i = abi::kMessageType; i < end; ++i)
      words[to + i] = words[from + i];
    words[to + abi::kFlags] = flags;
    publish_slot(to);
    if ((flags & abi::kIsDead) != 0) {
      count(self + abi::kDead);
    } else if (destination != abi::kHost) {
      notify(destination);
    }
    tell(self + abi::kOutboxHead, head + 1);
  }
  tell(self + abi::kWaitsFor, 0);
}

/// Fills an opened slot with a message that came in. Its origin stays: the answer goes there, and a
/// dead letter says whose it was.
inline void copy_message(std::uint32_t from, std::uint32_t to) {
  words[to + abi::kSource] = words[from + abi::kSource];
  words[to + abi::kDeadlineLow] = words[from + abi::kDeadlineLow];
  words[to + abi::kDeadlineHigh] = words[from + abi::kDeadlineHigh];
  const std::uint32_t end = abi::kPayload + words_of(words[from + abi::kBytes]);
  for (std::uint32_t i = abi::kPayload; i < end; ++i)
    words[to + i] = words[from + i];
}

/// Sends a copy of a message: what a lane has sent, or what becomes a dead letter.
inline void send_copy(std::uint32_t self, std::uint32_t slot, std::uint32_t destination,
                      std::uint32_t flags) {
  const std::uint32_t copy =
      open_now(self, destination, words[slot + abi::kMessageType], words[slot + abi::kBytes],
               words[slot + abi::kCorrelation], flags);
  if (copy == 0) return;
  copy_message(slot, copy);
  publish_now(self, copy);
}

/// What cannot be handled goes to the host with its reason (rule 10).
inline void bury(std::uint32_t self, std::uint32_t slot, abi::Reason reason) {
  send_copy(self, slot, self, dead(reason));
}

} // namespace ring::protocol
