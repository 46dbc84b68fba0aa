// A slice of an actor's life: what the generated kernels call (ir/transform/actor_protocol.cpp has
// the list).
//
//   if (!begin_slice(self)) return;
//   for (i < budget) {
//     context = next(self);
//     if (event_of(context) == 0) break;
//     finish(context, handler(context, state, event_of(context), message_of(context)));
//   }
//   end_slice(self);
//
// Whatever the budget, the same messages are taken in the same order (rule 11): all that a slice
// knows lies in the actor's words.
#pragma once

#include "ring/protocol/context.h"

#include <bit>

namespace ring::protocol {

inline void set_phase(std::uint32_t self, abi::Phase phase) {
  put(self + abi::kPhase, static_cast<std::uint32_t>(phase));
}

/// Once an actor has ended, the host may begin another in its place before the slice is over.
inline abi::Phase phase_of(std::uint32_t self) {
  return static_cast<abi::Phase>(look(self + abi::kPhase));
}

inline void obey(std::uint32_t self, abi::Command command) {
  const abi::Phase phase = phase_of(self);
  const bool lives = phase == abi::Phase::launched || phase == abi::Phase::active ||
                     phase == abi::Phase::suspended;
  if (command == abi::Command::create && phase == abi::Phase::created) {
    set_phase(self, abi::Phase::launched);
  } else if (command == abi::Command::activate &&
             (phase == abi::Phase::created || phase == abi::Phase::launched)) {
    tell(self + abi::kPending, abi::kStart);
    set_phase(self, abi::Phase::active);
  } else if (command == abi::Command::activate && phase == abi::Phase::suspended) {
    set_phase(self, abi::Phase::active);
  } else if (command == abi::Command::suspend && phase == abi::Phase::active) {
    set_phase(self, abi::Phase::suspended);
  } else if (command == abi::Command::drain && lives) {
    tell(self + abi::kStopping, phase == abi::Phase::launched ? abi::kDiscards : abi::kDrains);
    set_phase(self, abi::Phase::terminating);
  } else if (command == abi::Command::terminate && lives) {
    tell(self + abi::kStopping, phase == abi::Phase::launched ? abi::kDiscards : abi::kBuries);
    set_phase(self, abi::Phase::terminating);
  } else if (command == abi::Command::restart && lives) {
    tell(self + abi::kPending, abi::kStart);
    set_phase(self, abi::Phase::active);
  } else {
    fail(self, abi::ActorError::unknown_command);
  }
}

/// Obeys the supervisor; false while the actor has nothing to run.
RING_DETAIL_LIBRARY inline bool begin_slice(std::uint32_t self) {
  const std::uint32_t command = observe(self + abi::kCommand); // pairs with put() in supervise()
  if (command != words[self + abi::kApplied]) {
    obey(self, static_cast<abi::Command>(command & 0xFF));
    put(self + abi::kApplied, command); // after the phase, for a host that waits for it
  }
  const abi::Phase phase = phase_of(self);
  return phase == abi::Phase::active || phase == abi::Phase::terminating;
}

/// The reason to refuse a message before its handler sees it.
inline abi::Reason flaw(std::uint32_t slot, std::uint64_t wall) {
  const std::uint32_t bytes = words[slot + abi::kBytes];
  if (bytes > abi::kMaxPayloadBytes) return abi::Reason::too_large;
  const std::uint64_t deadline =
      wide(words[slot + abi::kDeadlineLow], words[slot + abi::kDeadlineHigh]);
  if (deadline != 0 && wall > deadline) return abi::Reason::expired;
  if ((words[slot + abi::kFlags] & abi::kChecked) != 0 &&
      checksum(slot + abi::kPayload, words_of(bytes)) != words[slot + abi::kChecksum])
    return abi::Reason::bad_checksum;
  return abi::Reason::none;
}

inline void done_with_message(std::uint32_t self) {
  const std::uint32_t ring = taken_ring(self);
  const std::uint32_t depth = depth_of(self); // with those that came meanwhile
  if (depth > words[self + abi::kMaxDepth]) tell(self + abi::kMaxDepth, depth);
  const std::uint32_t head = words[self + abi::kHead + ring];
  release_slot(mailbox_of(self, ring), head);
  tell(self + abi::kHead + ring, head + 1);
}

inline void add_latency(std::uint32_t self, std::uint64_t latency) {
  const std::uint64_t sum =
      wide(words[self + abi::kLatencyLow], words[self + abi::kLatencyHigh]) + latency;
  tell(self + abi::kLatencyLow, static_cast<std::uint32_t>(sum));
  tell(self + abi::kLatencyHigh, static_cast<std::uint32_t>(sum >> 32));
  const std::uint32_t short_latency =
      latency < 0xFFFFFFFF ? static_cast<std::uint32_t>(latency) : 0xFFFFFFFF;
  if (short_latency < words[self + abi::kLatencyMin]) tell(self + abi::kLatencyMin, short_latency);
  if (short_latency > words[self + abi::kLatencyMax]) tell(self + abi::kLatencyMax, short_latency);
}

/// The clock and the counters learn of a message that is about to be handled.
inline void receive(std::uint32_t self, std::uint32_t slot, std::uint64_t wall) {
  const std::uint64_t stamp =
      wide(words[slot + abi::kPhysicalLow], words[slot + abi::kPhysicalHigh]);
  if (!update(self, wall, stamp, words[slot + abi::kLogical]))
    fail(self, abi::ActorError::clock_skew);
  add_latency(self, wall > stamp ? wall - stamp : 0);
}

/// In kPending: the message at the head of the ring kTaken is of a type that the actor does not
/// know.
inline constexpr std::uint32_t kRefused = abi::kFirstMessage - 1;

/// The ring of the mailbox whose first message is due, for kTaken. What was refused is dealt with
/// before what is more important and came since.
inline std::uint32_t ring_to_take(std::uint32_t self, std::uint32_t refused) {
  if (!has_priorities(self)) return 0;
  if (refused == 0) tell(self + abi::kTaken, next_ring(self));
  return words[self + abi::kTaken];
}

/// What the actor has to do now; its event is 0 when that is nothing. What all slices share is
/// here, once, because drivers inline it into each kernel: delivery, refusal and the end of an
/// actor.
RING_DETAIL_LIBRARY inline Context next(std::uint32_t self) {
  const abi::Phase phase = phase_of(self);
  if (phase != abi::Phase::active && phase != abi::Phase::terminating)
    return make_context(self, 0, abi::kNone);
  const std::uint32_t pending = words[self + abi::kPending];
  if (pending == abi::kStart) return make_context(self, 0, abi::kStart);
  flush(self);
  const std::uint32_t stopping = words[self + abi::kStopping];
  std::uint32_t refused = pending;
  while (stopping != abi::kEnded) {
    if (!has_room_for_answers(self)) return make_context(self, 0, abi::kNone);
    const std::uint32_t slot = first_in(self, ring_to_take(self, refused));
    if (slot == 0) break;
    const std::uint64_t wall = wall_clock();
    abi::Reason reason = flaw(slot, wall);
    if (refused != 0) reason = abi::Reason::unknown_type;
    if (stopping != 0 && stopping != abi::kDrains) reason = abi::Reason::terminated;
    if (reason == abi::Reason::none) {
      receive(self, slot, wall);
      return make_context(self, slot, words[slot + abi::kMessageType]);
    }
    bury(self, slot, reason);
    done_with_message(self);
    refused = 0;
    tell(self + abi::kPending, 0);
  }
  if (stopping == abi::kEnded || stopping == abi::kDiscards) {
    tell(self + abi::kStopping, abi::kEnded);
    // Once its last messages are delivered; what is queued behind them the host takes out. From
    // then on the actor's words and rings are the host's.
    if (staged(self) == 0) set_phase(self, abi::Phase::terminated);
    return make_context(self, 0, abi::kNone);
  }
  std::uint32_t event = abi::kNone;
  if (stopping != 0) {
    if (staged(self) == 0) event = abi::kEnd;
  } else if (words[self + abi::kIdleDue] != 0) {
    event = abi::kIdle;
  }
  return make_context(self, 0, event);
}

RING_DETAIL_LIBRARY inline std::uint32_t event_of(Context context) { return context.event_; }

RING_DETAIL_LIBRARY inline std::uint32_t message_of(Context context) {
  return context.slot_ != 0 ? context.slot_ + abi::kPayload
                            : words[context.self_ + abi::kArguments];
}

/// The event has been handled, or not known.
RING_DETAIL_LIBRARY inline void finish(Context context, bool handled) {
  const std::uint32_t self = context.self_;
  if (context.slot_ != 0) {
    if (handled) {
      count(self + abi::kProcessed);
      done_with_message(self);
    } else {
      tell(self + abi::kPending, kRefused);
    }
    tell(self + abi::kIdleDue, 1);
  } else if (context.event_ == abi::kStart) {
    tell(self + abi::kPending, 0);
  } else if (context.event_ == abi::kIdle) {
    tell(self + abi::kIdleDue, 0);
  } else if (context.event_ == abi::kEnd) {
    // on_stop may have sent: the end waits for the outbox, and on_stop is not asked again.
    tell(self + abi::kStopping, abi::kEnded);
  }
  if (words[self + abi::kStopping] == abi::kHandlerStops) set_phase(self, abi::Phase::terminating);
}

/// Asks to be run again if the slice ended before the work did.
RING_DETAIL_LIBRARY inline void end_slice(std::uint32_t self) {
  const abi::Phase phase = phase_of(self);
  if (phase != abi::Phase::active && phase != abi::Phase::terminating) return;
  const bool more = staged(self) != 0 || words[self + abi::kPending] != 0 ||
                    phase == abi::Phase::terminating || words[self + abi::kIdleDue] != 0 ||
                    first_in(self, next_ring(self)) != 0;
  if (more) notify(self);
}

RING_DETAIL_LIBRARY inline std::uint32_t type_of(std::uint32_t self) {
  return words[self + abi::kType];
}
RING_DETAIL_LIBRARY inline std::uint32_t state_of(std::uint32_t self) {
  return words[self + abi::kState];
}

// --- The supervisor ------------------------------------------------------------------------------

/// A slice of the supervisor: each message is a command for one actor.
RING_DETAIL_LIBRARY inline void supervise(std::uint32_t self, std::uint32_t budget) {
  for (std::uint32_t i = 0; i < budget; ++i) {
    const std::uint32_t slot = first_in(self, 0);
    if (slot == 0) return;
    const std::uint32_t actor = words[slot + abi::kPayload];
    // One word holds one command: the next waits until the actor has obeyed the last, which pairs
    // with put() in begin_slice().
    const std::uint32_t last = words[actor + abi::kCommand];
    if (observe(actor + abi::kApplied) != last) {
      notify(actor);
      break;
    }
    put(actor + abi::kCommand, ((last >> 8) + 1) << 8 | words[slot + abi::kMessageType]);
    notify(actor);
    count(self + abi::kProcessed);
    done_with_message(self);
  }
  if (first_in(self, 0) != 0) notify(self);
}

// --- The crew ------------------------------------------------------------------------------------

RING_DETAIL_LIBRARY inline std::uint32_t actor_at(std::uint32_t crew, std::uint32_t slot) {
  return observe(words[crew + abi::kCrewTable] + slot);
}

inline std::uint32_t groups_of(std::uint32_t crew) { return words[crew + abi::kCrewSlots] / 32; }

/// The slots of that group that have work, as bits; they are cleared before anybody looks at the
/// work (rule 5). Who only waits orders nothing; the exchange pairs with notify().
inline std::uint32_t take_ready(std::uint32_t crew, std::uint32_t group) {
  const std::uint32_t ready = words[crew + abi::kCrewReady] + group;
  if (look(ready) == 0) return 0;
  return ring::atomic_ref(words[ready]).exchange(0, ring::acquire, ring::MemoryScope::system);
}

/// The kernel and the host agree on all layouts, or the kernel does nothing and says what it knows.
/// A hash of 0 is of a host that cannot tell.
RING_DETAIL_LIBRARY inline bool attach(std::uint32_t crew, std::uint32_t hash_low,
                                       std::uint32_t hash_high) {
  // Slices of a crew run at once: they share the line until one has something new to say.
  if (observe(crew + abi::kCrewSeenLow) != hash_low) tell(crew + abi::kCrewSeenLow, hash_low);
  // The host looks at the high word first: it is told last.
  if (observe(crew + abi::kCrewSeenHigh) != hash_high) put(crew + abi::kCrewSeenHigh, hash_high);
  const std::uint32_t low = words[crew + abi::kCrewHashLow];
  const std::uint32_t high = words[crew + abi::kCrewHashHigh];
  const bool agrees = (low == hash_low && high == hash_high) || (low | high) == 0;
  return agrees && words[abi::kArenaVersion] == abi::kProtocolVersion;
}

/// Rule 4: one lane of a block asks; where there are others, group.h tells them the verdict.
inline bool should_stop(std::uint32_t crew) { return look(crew + abi::kCrewStop) != 0; }

// --- The rounds of a persistent kernel -----------------------------------------------------------
//
//   Round round = begin_rounds(crew, lease, block, blocks);
//   for (;;) {
//     round = advance(round);
//     if (is_over(round)) break;
//     if (actor_to_run(round) != 0) run(actor_to_run(round), budget);
//   }
//
// Some drivers let what is launched wait until a kernel has ended, and one that ends the loops of a
// kernel after so many turns would do it in the middle of something. There the kernel has a lease:
// it leaves by itself after one slice, or after `lease` turns that found no work, and the host has
// its next launch queued behind it. Where it was stays in the crew's words, so that the launches
// are one life. That each of them left, and was not cut off, is seen by the next one: leaving takes
// one more turn of the loop, which a kernel that has used its turns up does not get.

/// Where a block of a persistent kernel is in its rounds over the groups of the crew.
struct Round {
  std::uint32_t crew;
  std::uint32_t is_leased;
  std::uint32_t left; // of the lease: turns
  std::uint32_t block;
  std::uint32_t blocks;
  std::uint32_t group;
  std::uint32_t ready; // slots of the group that are to be run
  std::uint32_t worked;
  std::uint32_t idle;  // rounds in which nobody was ready, one after the other
  std::uint32_t actor; // to run now; 0: nobody
  std::uint32_t is_over;
};

inline void set_lease(std::uint32_t crew, abi::Lease lease) {
  put(crew + abi::kCrewLease, static_cast<std::uint32_t>(lease));
}

/// Ends the kernel between two slices.
inline Round leave(Round round) {
  round.is_over = 1;
  if (round.is_leased == 0) return round;
  tell(round.crew + abi::kCrewGroup, round.group);
  tell(round.crew + abi::kCrewTaken, round.ready);
  set_lease(round.crew, abi::Lease::over);
  return round;
}

inline Round stop(Round round) {
  if (round.block == 0) put(round.crew + abi::kCrewStopped, 1);
  return leave(round);
}

/// `lease`: turns without work after which the kernel leaves; 0: it runs on. A kernel with a lease
/// has one block.
RING_DETAIL_LIBRARY inline Round begin_rounds(std::uint32_t crew, std::uint32_t lease,
                                              std::uint32_t block, std::uint32_t blocks) {
  // As if a round had ended just now, in which somebody worked.
  Round round{crew, lease != 0 ? 1U : 0U, lease, block, blocks, groups_of(crew), 0, 1, 0, 0, 0};
  if (lease == 0) return round;
  if (static_cast<abi::Lease>(observe(crew + abi::kCrewLease)) != abi::Lease::over) {
    set_lease(crew, abi::Lease::lost);
    round.is_over = 1;
    return round;
  }
  set_lease(crew, abi::Lease::held);
  round.group = look(crew + abi::kCrewGroup);
  round.ready = look(crew + abi::kCrewTaken);
  return should_stop(crew) ? stop(round) : round;
}

/// Looks at one group; when a round is over, it looks for a stop first.
inline Round look_on(Round round) {
  round.group += round.blocks;
  if (round.group >= groups_of(round.crew)) {
    if (should_stop(round.crew)) return stop(round);
    if (round.worked == 0) ring::relax(round.idle);
    round.idle = round.worked != 0 ? 0 : round.idle + 1;
    round.worked = 0;
    round.group = round.block;
  }
  round.ready = take_ready(round.crew, round.group);
  return round;
}

/// Waits for the next actor that is ready, or for the kernel's end. The waiting has a loop of its
/// own: some devices go through all code of a loop in each of its turns, taken or not.
RING_DETAIL_LIBRARY inline Round advance(Round round) {
  if (round.is_leased != 0 && round.actor != 0) return leave(round);
  round.actor = 0;
  while (round.is_over == 0 && round.ready == 0) {
    if (round.is_leased != 0 && round.left == 0) {
      round = leave(round);
    } else {
      round.left -= round.is_leased;
      round = look_on(round);
    }
  }
  if (round.is_over != 0) return round;
  const std::uint32_t slot =
      round.group * 32 + static_cast<std::uint32_t>(std::countr_zero(round.ready));
  round.ready &= round.ready - 1;
  round.worked = 1;
  round.actor = actor_at(round.crew, slot);
  return round;
}

RING_DETAIL_LIBRARY inline bool is_over(Round round) { return round.is_over != 0; }

/// 0: nobody, that slot is empty.
RING_DETAIL_LIBRARY inline std::uint32_t actor_to_run(Round round) { return round.actor; }

} // namespace ring::protocol
