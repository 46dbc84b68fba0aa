// How an actor's messages leave it. A send never waits: what a full mailbox does not take lies in
// the actor's outbox, and an actor whose outbox is half full takes no new message until there is
// room. So a message that is taken has the room for its answer (rule 6), and order for each
// receiver is kept (rule 3).
#pragma once

#include "ring/protocol/checksum.h"
#include "ring/protocol/clock.h"
#include "ring/protocol/lanes.h"
#include "ring/protocol/queue.h"
#include "ring/protocol/undelivered.h"

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
  return to_host ? replies_of(self) : mailbox_of(destination, ring_in(destination, flags));
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

/// A message that leaves an actor, but for its payload.
struct Outgoing {
  std::uint32_t source; // whose message it is: where it was passed on, not the actor that does so
  std::uint32_t destination;
  std::uint32_t type;
  std::uint32_t bytes;
  std::uint32_t correlation;
  std::uint32_t flags;
};

/// Whether the sender of a message with those flags is to be told that it was not handled. Of what
/// tells it so, and of what it sends on hearing it, it is not told: that would have no end.
inline bool hears(std::uint32_t actor, std::uint32_t flags) {
  return actor > abi::kNobody && (flags & abi::kQuiet) == 0 &&
         (words[actor + abi::kTraits] & abi::kHearsUndelivered) != 0;
}

/// open() of who speaks for the actor.
inline std::uint32_t open_now(std::uint32_t self, Outgoing message) {
  std::uint32_t flags = message.flags;
  if ((flags & abi::kIsDead) == 0) {
    const abi::Reason reason =
        obstacle(message.destination, message.bytes, (flags & abi::kHopMask) >> abi::kHopShift);
    if (reason != abi::Reason::none) flags |= dead(reason);
  }
  std::uint32_t slot = 0;
  while (staged(self) == 0) { // else it queues behind those, and flush() sees to it
    // What its sender is to be told flush() makes of it.
    if ((flags & abi::kIsDead) != 0 && hears(message.source, flags)) break;
    slot = claim(ring_for(self, message.destination, flags));
    if (slot != 0 || !refuses_when_full(message.destination, flags)) break;
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
  words[slot + abi::kMessageType] = message.type;
  words[slot + abi::kBytes] = message.bytes;
  words[slot + abi::kFlags] = flags;
  words[slot + abi::kSource] = message.source;
  words[slot + abi::kDestination] = message.destination;
  words[slot + abi::kCorrelation] = message.correlation;
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
inline std::uint32_t open_in_lane(std::uint32_t self, Outgoing message) {
  const std::uint32_t stage = lane_stage(self, lane());
  const std::uint32_t count = words[stage + abi::kLaneCount];
  words[stage + abi::kLaneCount] = count + 1;
  if (count >= abi::kLaneSends) return 0;
  const std::uint32_t slot = stage + abi::kLaneSlots + count * words[self + abi::kOutboxWords];
  words[slot + abi::kMessageType] = message.type;
  words[slot + abi::kBytes] = message.bytes;
  words[slot + abi::kFlags] = message.flags | abi::kInLane;
  words[slot + abi::kSource] = message.source;
  words[slot + abi::kDestination] = message.destination;
  words[slot + abi::kCorrelation] = message.correlation;
  words[slot + abi::kDeadlineLow] = 0;
  words[slot + abi::kDeadlineHigh] = 0;
  return slot;
}

/// A slot for a message, header filled in, for the caller to write the payload and to publish(). 0
/// when even the outbox is full, and the message is lost and counted; 0 for all lanes of a group
/// but the first, which speaks for it.
inline std::uint32_t open(std::uint32_t self, Outgoing message) {
  if (lanes() > 1) {
    if (words[self + abi::kLaneStage] != 0) return open_in_lane(self, message);
    if (!leads()) return 0;
  }
  return open_now(self, message);
}

/// The message in an opened slot is complete.
inline void publish(std::uint32_t self, std::uint32_t slot) {
  if (lanes() > 1 && (words[slot + abi::kFlags] & abi::kInLane) != 0) return;
  publish_now(self, slot);
}

/// Whether the answers to one more message have room (rule 6).
inline bool has_room_for_answers(std::uint32_t self) {
  return staged(self) <= (words[self + abi::kOutboxMask] + 1) / 2;
}

/// Nobody but the actor itself makes room in its mailbox, and it does not do so any more.
inline bool waits_for_itself(std::uint32_t self, std::uint32_t destination, std::uint32_t flags) {
  return destination == self && (flags & abi::kIsDead) == 0 &&
         (!has_room_for_answers(self) || words[self + abi::kStopping] == abi::kEnded);
}

/// Makes the answer to its sender of a staged message that is not delivered (rule 10), if the
/// sender wants to know and can be reached.
inline bool answer_sender(std::uint32_t self, std::uint32_t slot, std::uint32_t flags) {
  const std::uint32_t source = words[slot + abi::kSource];
  if (!hears(source, flags) || obstacle(source, sizeof(Undelivered), 0) != abi::Reason::none)
    return false;
  const Undelivered answer{words[slot + abi::kMessageType],
                           static_cast<abi::Reason>(flags & abi::kReasonMask),
                           words[slot + abi::kCorrelation], words[slot + abi::kDestination]};
  words[slot + abi::kMessageType] = abi::kUndelivered;
  words[slot + abi::kBytes] = sizeof(Undelivered);
  words[slot + abi::kFlags] = abi::kStaged | abi::kQuiet;
  words[slot + abi::kSource] = self;
  words[slot + abi::kDestination] = source;
  words[slot + abi::kDeadlineLow] = 0;
  words[slot + abi::kDeadlineHigh] = 0;
  detail::store_message(slot + abi::kPayload, answer);
  return true;
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
    if ((flags & abi::kIsDead) != 0 && answer_sender(self, from, flags)) continue;
    const Ring ring = ring_for(self, destination, flags);
    const std::uint32_t to = claim(ring);
    if (to == 0 &&
        (refuses_when_full(destination, flags) || waits_for_itself(self, destination, flags))) {
      words[from + abi::kFlags] = flags | abi::kStaged | dead(abi::Reason::full);
      continue; // once more, to its sender or to the host
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

/// What stays of the flags of a received message in what it makes an actor send.
inline std::uint32_t kept_flags(std::uint32_t slot) {
  return slot != 0 ? words[slot + abi::kFlags] & abi::kQuiet : 0;
}

/// A message as it came in, on its way elsewhere. Its origin stays: the answer goes there, and a
/// dead letter says whose it was. So does its priority.
inline Outgoing copy_of(std::uint32_t slot, std::uint32_t destination, std::uint32_t flags) {
  return {words[slot + abi::kSource],
          destination,
          words[slot + abi::kMessageType],
          words[slot + abi::kBytes],
          words[slot + abi::kCorrelation],
          flags | kept_flags(slot) | (words[slot + abi::kFlags] & abi::kRingMask)};
}

/// Fills the slot that was opened for it.
inline void fill_copy(std::uint32_t from, std::uint32_t to) {
  words[to + abi::kDeadlineLow] = words[from + abi::kDeadlineLow];
  words[to + abi::kDeadlineHigh] = words[from + abi::kDeadlineHigh];
  const std::uint32_t end = abi::kPayload + words_of(words[from + abi::kBytes]);
  for (std::uint32_t i = abi::kPayload; i < end; ++i)
    words[to + i] = words[from + i];
}

/// Sends a copy of a message: what a lane has sent, or what becomes a dead letter.
inline void send_copy(std::uint32_t self, std::uint32_t slot, std::uint32_t destination,
                      std::uint32_t flags) {
  const std::uint32_t copy = open_now(self, copy_of(slot, destination, flags));
  if (copy == 0) return;
  fill_copy(slot, copy);
  publish_now(self, copy);
}

/// What cannot be handled is answered to its sender, or goes to the host with its reason (rule 10).
inline void bury(std::uint32_t self, std::uint32_t slot, abi::Reason reason) {
  send_copy(self, slot, self, dead(reason));
}

} // namespace ring::protocol
