// An arena with a crew of two actors and a supervisor, laid out as the host lays it out, and a step
// that runs one of them with a handler given as a function.
#pragma once

#include "ring/protocol/host.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace ring::protocol::test {

struct Sizes {
  std::uint32_t mailbox = 8;
  std::uint32_t replies = 8;
  std::uint32_t outbox = 8;
  std::uint32_t slot_words = abi::kPayload + 4;
};

/// Attached to the thread for as long as it lives.
class TestArena {
public:
  explicit TestArena(const Sizes& sizes = {}, abi::Phase phase = abi::Phase::active)
      : memory_(1 << 16), attached_(ring::span<std::uint32_t>(memory_.data(), memory_.size())) {
    words[abi::kArenaMagic] = abi::kArenaMagicValue;
    words[abi::kArenaVersion] = abi::kProtocolVersion;
    set_wall(kWall);
    crew = take(abi::kCrewWords);
    words[crew + abi::kCrewSlots] = 32;
    words[crew + abi::kCrewTable] = take(32);
    words[crew + abi::kCrewReady] = take(1);
    supervisor = add(0, sizes, abi::Phase::active);
    a = add(1, sizes, phase);
    b = add(2, sizes, phase);
  }

  static constexpr std::uint64_t kWall = 1'800'000'000'000'000;

  void set_wall(std::uint64_t wall) {
    words[abi::kWallHigh] = words[abi::kWallHighCopy] = static_cast<std::uint32_t>(wall >> 32);
    words[abi::kWallLow] = static_cast<std::uint32_t>(wall);
  }

  /// As the host sends: the message's one word.
  bool send(std::uint32_t to, std::uint32_t type, std::uint32_t value,
            const std::function<void(std::uint32_t slot)>& change = {}, std::uint32_t ring = 0) {
    const std::uint32_t slot = claim(mailbox_of(to, ring));
    if (slot == 0) return false;
    for (std::uint32_t word = abi::kMessageType; word < abi::kPayload; ++word)
      words[slot + word] = 0;
    words[slot + abi::kMessageType] = type;
    words[slot + abi::kBytes] = 4;
    words[slot + abi::kDestination] = to;
    words[slot + abi::kPhysicalLow] = static_cast<std::uint32_t>(kWall);
    words[slot + abi::kPhysicalHigh] = static_cast<std::uint32_t>(kWall >> 32);
    words[slot + abi::kPayload] = value;
    if (change) change(slot);
    publish_slot(slot);
    notify(to);
    return true;
  }

  /// Before anything is sent to it.
  void give_priorities(std::uint32_t actor) {
    const std::uint32_t capacity = words[actor + abi::kMailboxMask] + 1;
    const std::uint32_t slot_words = words[actor + abi::kMailboxWords];
    words[actor + abi::kTraits] |= abi::kHasPriorities;
    lay_out_ring(actor, abi::kMailbox, take(abi::kPriorities * capacity * slot_words), capacity,
                 slot_words, abi::kPriorities);
  }
  bool send_as(std::uint32_t to, std::uint32_t type, std::uint32_t value, abi::Priority priority) {
    const std::uint32_t flags = flags_of(priority);
    return send(
        to, type, value, [=](std::uint32_t slot) { words[slot + abi::kFlags] = flags; },
        ring_in(to, flags));
  }

  struct Received {
    std::uint32_t type = 0;
    std::uint32_t value = 0;
    abi::Reason reason = abi::Reason::none;
    std::uint32_t correlation = 0;

    friend bool operator==(const Received&, const Received&) = default;
  };
  /// As the host receives: all that the actor has sent to it.
  std::vector<Received> receive(std::uint32_t from, std::uint32_t most = 1000) {
    std::vector<Received> all;
    const Ring ring = replies_of(from);
    std::uint32_t& head = words[from + abi::kRejected + 1]; // nobody else's word
    for (std::uint32_t slot; all.size() < most && (slot = peek(ring, head)) != 0;) {
      const std::uint32_t flags = words[slot + abi::kFlags];
      all.push_back({words[slot + abi::kMessageType], words[slot + abi::kPayload],
                     (flags & abi::kIsDead) != 0
                         ? static_cast<abi::Reason>(flags & abi::kReasonMask)
                         : abi::Reason::none,
                     words[slot + abi::kCorrelation]});
      release_slot(ring, head);
      ++head;
    }
    return all;
  }

  using Handler = std::function<bool(Context&, std::uint32_t event, std::uint32_t message)>;
  /// A slice. How many events were handled.
  std::uint32_t slice(std::uint32_t self, std::uint32_t budget, const Handler& handler) {
    if (!begin_slice(self)) return 0;
    std::uint32_t handled = 0;
    for (; handled < budget; ++handled) {
      Context context = next(self);
      if (event_of(context) == 0) break;
      const bool knows = handler(context, event_of(context), message_of(context));
      finish(context, knows);
    }
    end_slice(self);
    return handled;
  }

  /// A command, as the supervisor gives it.
  void command(std::uint32_t actor, abi::Command what) {
    const std::uint32_t last = words[actor + abi::kCommand];
    put(actor + abi::kCommand, ((last >> 8) + 1) << 8 | static_cast<std::uint32_t>(what));
  }

  abi::Phase phase(std::uint32_t actor) const { return phase_of(actor); }
  bool is_ready(std::uint32_t actor) const {
    const std::uint32_t bits = words[words[crew + abi::kCrewReady]];
    return (bits >> words[actor + abi::kSlot] & 1) != 0;
  }

  /// The first word that nobody has.
  std::uint32_t take(std::uint32_t count) {
    const std::uint32_t at = next_;
    next_ += (count + abi::kLine - 1) / abi::kLine * abi::kLine;
    return at;
  }
  static void begin_ring(const Ring& ring, std::uint32_t position = 0) {
    for (std::uint32_t i = 0; i <= ring.mask; ++i)
      words[slot_of(ring, position + i) + abi::kSequence] = 2 * (position + i);
    words[ring.tail] = position;
  }

  std::uint32_t crew = 0;
  std::uint32_t supervisor = 0;
  std::uint32_t a = 0; // slot 1
  std::uint32_t b = 0; // slot 2

private:
  std::uint32_t add(std::uint32_t slot, const Sizes& sizes, abi::Phase phase) {
    const std::uint32_t self = take(abi::kActorWords);
    words[words[crew + abi::kCrewTable] + slot] = self;
    words[self + abi::kType] = slot;
    words[self + abi::kCrew] = crew;
    words[self + abi::kSlot] = slot;
    words[self + abi::kPhase] = static_cast<std::uint32_t>(phase);
    words[self + abi::kMaxDrift] = 60'000;
    words[self + abi::kLatencyMin] = 0xFFFFFFFF;
    words[self + abi::kArguments] = take(16);
    const auto ring = [&](std::uint32_t which, std::uint32_t capacity) {
      words[self + which] = take(capacity * sizes.slot_words);
      words[self + which + 1] = capacity - 1;
      words[self + which + 2] = sizes.slot_words;
    };
    ring(abi::kMailbox, sizes.mailbox);
    ring(abi::kReplies, sizes.replies);
    ring(abi::kOutbox, sizes.outbox);
    begin_ring(mailbox_of(self, 0));
    begin_ring(replies_of(self));
    return self;
  }

  std::vector<std::uint32_t> memory_;
  Attached attached_;
  std::uint32_t next_ = abi::kArenaWords;
};

} // namespace ring::protocol::test
