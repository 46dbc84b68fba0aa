#include "actors/incoming.h"

#include "actors/actor_system.h"
#include "actors/describe.h"
#include "actors/outgoing.h"

#include <algorithm>
#include <cstring>

namespace ring::runtime {

using protocol::observe;
using protocol::words;

namespace {

std::vector<std::byte> payload_of(std::uint32_t slot) {
  std::vector<std::byte> payload(words[slot + abi::kBytes]);
  if (!payload.empty()) std::memcpy(payload.data(), &words[slot + abi::kPayload], payload.size());
  return payload;
}

Timestamp stamp_of(std::uint32_t slot) {
  return {protocol::wide(words[slot + abi::kPhysicalLow], words[slot + abi::kPhysicalHigh]),
          words[slot + abi::kLogical], words[slot + abi::kNode]};
}

RawMessage message_from(std::uint32_t slot) {
  RawMessage message;
  message.type = words[slot + abi::kMessageType];
  message.payload = payload_of(slot);
  message.source = words[slot + abi::kSource];
  message.correlation = words[slot + abi::kCorrelation];
  message.stamp = stamp_of(slot);
  return message;
}

DeadLetter dead_letter_from(std::uint32_t slot, Reason reason) {
  DeadLetter letter;
  letter.reason = reason;
  letter.payload = payload_of(slot);
  letter.header.flags = words[slot + abi::kFlags];
  letter.header.priority =
      static_cast<std::uint8_t>(protocol::priority_of(words[slot + abi::kFlags]));
  letter.header.message_id = words[slot + abi::kMessageId];
  letter.header.correlation_id = words[slot + abi::kCorrelation];
  letter.header.source = words[slot + abi::kSource];
  letter.header.destination = words[slot + abi::kDestination];
  letter.header.message_type = words[slot + abi::kMessageType];
  letter.header.payload_size = words[slot + abi::kBytes];
  letter.header.checksum =
      protocol::checksum(slot + abi::kPayload, protocol::words_of(words[slot + abi::kBytes]));
  letter.header.timestamp = stamp_of(slot);
  letter.header.deadline.physical =
      protocol::wide(words[slot + abi::kDeadlineLow], words[slot + abi::kDeadlineHigh]);
  return letter;
}

bool is_dead(std::uint32_t slot) { return (words[slot + abi::kFlags] & abi::kIsDead) != 0; }

template <class Each> void append(std::unique_ptr<std::deque<Each>>& list, Each each) {
  if (!list) list = std::make_unique<std::deque<Each>>();
  list->push_back(std::move(each));
}

Error not_delivered(const ActorRecord& record, const DeadLetter& letter) {
  return Error(ErrorCode::not_delivered, actor_prefix(record) + "the call was not answered: " +
                                             std::string(name_of(letter.reason)));
}

/// Answers the call that the letter belongs to, or keeps it. Has inbox_mutex.
void sort_dead(ActorRecord& record, DeadLetter letter) {
  const auto correlation = static_cast<std::uint32_t>(letter.header.correlation_id);
  if (correlation != 0 && record.system->calls().answer(correlation, not_delivered(record, letter)))
    return;
  append(record.dead, std::move(letter));
}

/// The message at the front of the ring to the host, for the caller to give away; nothing if there
/// is none, or if it was an answer or a dead letter, which `took` tells apart. Has inbox_mutex.
std::optional<RawMessage> take_one(ActorRecord& record, bool& took) {
  took = false;
  const protocol::Ring ring = protocol::replies_of(record.address());
  const std::uint32_t slot = protocol::peek(ring, record.replies_head);
  if (slot == 0) return std::nullopt;
  took = true;
  const auto done = [&] {
    protocol::release_slot(ring, record.replies_head);
    ++record.replies_head;
    // It waits for the room that is there now.
    if (observe(record.address() + abi::kWaitsFor) != 0) record.system->wake(*record.crew);
  };
  if (is_dead(slot)) {
    const auto reason = static_cast<Reason>(words[slot + abi::kFlags] & abi::kReasonMask);
    DeadLetter letter = dead_letter_from(slot, reason);
    done();
    sort_dead(record, std::move(letter));
    return std::nullopt;
  }
  RawMessage message = message_from(slot);
  done();
  record.system->learn(message.stamp);
  if (message.correlation == 0) return message;
  const std::uint32_t correlation = message.correlation;
  if (!record.system->calls().answer(correlation, std::move(message))) ++record.late;
  return std::nullopt;
}

/// What came after an actor had looked into its mailbox for the last time. Has inbox_mutex.
void take_remains(ActorRecord& record) {
  const std::uint32_t self = record.address();
  if (static_cast<abi::Phase>(observe(self + abi::kPhase)) != abi::Phase::terminated) return;
  // The actor has ended, so its words are the host's, and inbox_mutex makes this the one reader.
  for (;;) {
    const std::uint32_t ring = protocol::next_ring(self);
    const std::uint32_t slot = protocol::first_in(self, ring);
    if (slot == 0) return;
    std::optional<DeadLetter> letter;
    if (!tell_sender(record, slot, Reason::terminated))
      letter = dead_letter_from(slot, Reason::terminated);
    const std::uint32_t head = words[self + abi::kHead + ring];
    protocol::release_slot(protocol::mailbox_of(self, ring), head);
    protocol::tell(self + abi::kHead + ring, head + 1);
    if (!letter) continue;
    ++record.host_dead;
    sort_dead(record, std::move(*letter));
  }
}

void take_all_locked(ActorRecord& record) {
  take_remains(record);
  for (bool took = true; took;)
    if (auto message = take_one(record, took)) append(record.letters, std::move(*message));
}

} // namespace

Result<RawMessage> receive(ActorRecord& record, std::span<const std::uint32_t> types,
                           const Deadline& deadline) {
  const auto fits = [&](const RawMessage& message) {
    return types.empty() || std::ranges::find(types, message.type) != types.end();
  };
  const std::uint32_t phase_word = record.address() + abi::kPhase;
  Backoff backoff;
  for (;;) {
    const auto phase = static_cast<abi::Phase>(observe(phase_word));
    {
      const std::lock_guard lock(record.inbox_mutex);
      if (record.letters) {
        const auto found = std::ranges::find_if(*record.letters, fits);
        if (found != record.letters->end()) {
          RawMessage message = std::move(*found);
          record.letters->erase(found);
          return message;
        }
      }
      take_remains(record);
      for (bool took = true; took;) {
        auto message = take_one(record, took);
        if (!message) continue;
        if (fits(*message)) return std::move(*message);
        append(record.letters, std::move(*message));
      }
    }
    // Looked at before the ring was: then nothing can have come in between.
    if (phase == abi::Phase::terminated)
      return Error(ErrorCode::not_active,
                   actor_prefix(record) +
                       "it has terminated, and nothing of it is left to receive");
    if (auto error = record.crew->failure()) return *error;
    if (record.system->is_shut_down())
      return Error(ErrorCode::shut_down, actor_prefix(record) + "its Runtime has been shut down");
    if (deadline.has_passed())
      return Error(ErrorCode::timeout,
                   actor_prefix(record) + "no message came; " + describe_waits(record));
    backoff.pause();
  }
}

void take_all(ActorRecord& record) {
  const std::lock_guard lock(record.inbox_mutex);
  take_all_locked(record);
}

void take_dead(ActorRecord& record) {
  const std::lock_guard lock(record.inbox_mutex);
  const protocol::Ring ring = protocol::replies_of(record.address());
  for (bool took = true; took;) {
    const std::uint32_t slot = protocol::peek(ring, record.replies_head);
    if (slot == 0 || !is_dead(slot)) return;
    take_one(record, took);
  }
}

std::vector<DeadLetter> dead_letters(ActorRecord& record) {
  const std::lock_guard lock(record.inbox_mutex);
  take_all_locked(record);
  std::vector<DeadLetter> letters;
  if (!record.dead) return letters;
  std::ranges::move(*record.dead, std::back_inserter(letters));
  record.dead.reset();
  return letters;
}

void bury_here(ActorRecord& record, DeadLetter letter) {
  const std::lock_guard lock(record.inbox_mutex);
  ++record.host_dead;
  sort_dead(record, std::move(letter));
}

// --- Calls ---------------------------------------------------------------------------------------

std::shared_ptr<CallState> begin_call(std::shared_ptr<ActorRecord> target) {
  auto call = std::make_shared<CallState>();
  call->system = target->system;
  // All that the message may be passed on to.
  call->sources.push_back(std::move(target));
  for (std::size_t i = 0; i < call->sources.size(); ++i)
    for (const std::weak_ptr<ActorRecord>& each : call->sources[i]->targets)
      if (auto next = each.lock();
          next && std::ranges::find(call->sources, next) == call->sources.end())
        call->sources.push_back(std::move(next));
  call->system->calls().add(call);
  return call;
}

bool has_answer(CallState& call) {
  if (call.system->calls().has_answer(call)) return true;
  for (const auto& source : call.sources)
    take_all(*source);
  return call.system->calls().has_answer(call);
}

Result<RawMessage> await(CallState& call, const Deadline& deadline) {
  ActorRecord& target = *call.sources.front();
  Backoff backoff;
  for (;;) {
    const bool has_ended =
        static_cast<abi::Phase>(observe(target.address() + abi::kPhase)) == abi::Phase::terminated;
    if (has_answer(call)) return call.system->calls().take(call);
    if (has_ended && call.sources.size() == 1)
      return Error(ErrorCode::not_active,
                   actor_prefix(target) + "it has terminated without an answer to the call");
    if (auto error = target.crew->failure()) return *error;
    if (call.system->is_shut_down())
      return Error(ErrorCode::shut_down, actor_prefix(target) + "its Runtime has been shut down");
    if (deadline.has_passed())
      return Error(ErrorCode::timeout,
                   actor_prefix(target) + "the call was not answered; " + describe_waits(target));
    backoff.pause();
  }
}

} // namespace ring::runtime
