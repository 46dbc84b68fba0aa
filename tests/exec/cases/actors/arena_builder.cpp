#include "arena_builder.h"

#include <stdexcept>

namespace ring::exec {

using namespace ring::abi;

ArenaBuilder::ArenaBuilder() {
  allocate(kArenaWords);
  words_[kArenaMagic] = kArenaMagicValue;
  words_[kArenaVersion] = kProtocolVersion;
  words_[kWallHigh] = words_[kWallHighCopy] = static_cast<std::uint32_t>(kWall >> 32);
  words_[kWallLow] = static_cast<std::uint32_t>(kWall);
  crew_ = allocate(kCrewWords);
  words_[crew_ + kCrewSlots] = kSlots;
  const std::uint32_t table = allocate(kSlots);
  const std::uint32_t ready = allocate(kSlots / 32);
  words_[crew_ + kCrewTable] = table;
  words_[crew_ + kCrewReady] = ready;
  supervisor_ = actor({.type = 0, .mailbox = 128, .payload_words = 1, .starts = false});
  words_[supervisor_ + kPhase] = static_cast<std::uint32_t>(Phase::active);
}

std::uint32_t ArenaBuilder::allocate(std::uint32_t count) {
  const auto at = static_cast<std::uint32_t>(words_.size());
  words_.resize(at + (count + kLine - 1) / kLine * kLine);
  return at;
}

void ArenaBuilder::ring(std::uint32_t actor, std::uint32_t which, std::uint32_t capacity,
                        std::uint32_t slot_words, std::uint32_t rings) {
  const std::uint32_t slots = allocate(rings * capacity * slot_words);
  const protocol::Attached attached(words_);
  protocol::lay_out_ring(actor, which, slots, capacity, slot_words, rings);
}

std::uint32_t ArenaBuilder::actor(const ActorSpec& spec) {
  if (slots_ == kSlots) throw std::logic_error("the crew of a case has 32 slots");
  const std::uint32_t self = allocate(kActorWords);
  const std::uint32_t slot_words = kPayload + spec.payload_words;
  ring(self, kMailbox, spec.mailbox, slot_words,
       (spec.traits & kHasPriorities) != 0 ? kPriorities : 1);
  ring(self, kReplies, spec.replies, slot_words);
  ring(self, kOutbox, spec.outbox, slot_words);
  const std::uint32_t arguments = allocate(static_cast<std::uint32_t>(spec.arguments.size()));
  std::copy(spec.arguments.begin(), spec.arguments.end(), words_.begin() + arguments);
  if (spec.lanes != 0) {
    const std::uint32_t stage =
        allocate(static_cast<std::uint32_t>(protocol::lane_stage_words(spec.lanes, slot_words)));
    const protocol::Attached attached(words_);
    protocol::lay_out_lanes(self, stage, spec.lanes);
  }
  words_[self + kType] = spec.type;
  words_[self + kState] = spec.state;
  words_[self + kArguments] = arguments;
  words_[self + kCrew] = crew_;
  words_[self + kSlot] = slots_;
  words_[self + kOverflow] = static_cast<std::uint32_t>(spec.overflow);
  words_[self + kTraits] = spec.traits;
  words_[self + kMaxDrift] = 60'000;
  words_[self + kLatencyMin] = 0xFFFFFFFF;
  words_[words_[crew_ + kCrewTable] + slots_++] = self;
  if (spec.starts) {
    command(self, Command::create);
    command(self, Command::activate);
  }
  return self;
}

void ArenaBuilder::route(std::uint32_t actor, std::uint32_t argument_word, std::uint32_t to) {
  words_.at(words_[actor + kArguments] + argument_word) = to;
}

void ArenaBuilder::command(std::uint32_t actor, Command command) {
  const std::uint32_t slot =
      open(supervisor_, static_cast<std::uint32_t>(command), 4 * kCommandWords, 0);
  words_[slot + kPayload] = actor;
  const protocol::Attached attached(words_);
  protocol::publish_slot(slot);
  protocol::notify(supervisor_);
}

std::uint32_t ArenaBuilder::open(std::uint32_t actor, std::uint32_t type, std::uint32_t bytes,
                                 std::uint32_t correlation, ring::Priority priority) {
  const protocol::Attached attached(words_);
  const std::uint32_t flags = protocol::flags_of(priority);
  const std::uint32_t slot =
      protocol::claim(protocol::mailbox_of(actor, protocol::ring_in(actor, flags)));
  if (slot == 0) throw std::logic_error("the mailbox of a case is too small");
  words_[slot + kMessageType] = type;
  words_[slot + kBytes] = bytes;
  words_[slot + kFlags] = flags;
  words_[slot + kDestination] = actor;
  words_[slot + kCorrelation] = correlation;
  words_[slot + kPhysicalLow] = static_cast<std::uint32_t>(kWall - 5);
  words_[slot + kPhysicalHigh] = static_cast<std::uint32_t>((kWall - 5) >> 32);
  return slot;
}

std::vector<Reply> replies_of(std::vector<std::uint32_t> words, std::uint32_t actor) {
  const protocol::Attached attached(words);
  std::vector<Reply> replies;
  const protocol::Ring ring = protocol::replies_of(actor);
  for (std::uint32_t position = 0;; ++position) {
    const std::uint32_t slot = protocol::peek(ring, position);
    if (slot == 0) return replies;
    Reply reply{words[slot + kMessageType], words[slot + kFlags], words[slot + kCorrelation], {}};
    for (std::uint32_t i = 0; i < protocol::words_of(words[slot + kBytes]); ++i)
      reply.payload.push_back(words[slot + kPayload + i]);
    replies.push_back(std::move(reply));
  }
}

} // namespace ring::exec
