#include "actors/outgoing.h"

#include "actors/actor_system.h"
#include "actors/describe.h"
#include "actors/incoming.h"

#include "ring/protocol/undelivered.h"

#include <cstring>

namespace ring::runtime {

using protocol::observe;
using protocol::words;

namespace {

/// The envelope and the payload of a claimed slot.
void fill(std::uint32_t slot, std::uint32_t destination, const Outgoing& message,
          const Timestamp& stamp, std::uint64_t wall) {
  const std::size_t bytes = message.payload.size();
  words[slot + abi::kMessageType] = message.type;
  words[slot + abi::kBytes] = static_cast<std::uint32_t>(bytes);
  words[slot + abi::kFlags] = (message.options.checked ? std::uint32_t{abi::kChecked} : 0) |
                              protocol::flags_of(message.options.priority);
  words[slot + abi::kSource] = abi::kHost;
  words[slot + abi::kDestination] = destination;
  words[slot + abi::kCorrelation] = message.correlation;
  words[slot + abi::kPhysicalLow] = static_cast<std::uint32_t>(stamp.physical);
  words[slot + abi::kPhysicalHigh] = static_cast<std::uint32_t>(stamp.physical >> 32);
  words[slot + abi::kLogical] = static_cast<std::uint32_t>(stamp.logical);
  words[slot + abi::kNode] = static_cast<std::uint32_t>(stamp.node);
  std::uint64_t deadline = 0;
  if (message.options.deadline) {
    const auto from_now = message.options.deadline->count();
    // 0 would be none at all.
    deadline = std::max<std::uint64_t>(wall + static_cast<std::uint64_t>(from_now), 1);
  }
  words[slot + abi::kDeadlineLow] = static_cast<std::uint32_t>(deadline);
  words[slot + abi::kDeadlineHigh] = static_cast<std::uint32_t>(deadline >> 32);
  words[slot + abi::kMessageId] = static_cast<std::uint32_t>(stamp.logical);
  const std::uint32_t at = slot + abi::kPayload;
  if (bytes % 4 != 0) words[at + bytes / 4] = 0;
  if (bytes != 0) std::memcpy(&words[at], message.payload.data(), bytes);
  words[slot + abi::kChecksum] =
      message.options.checked
          ? protocol::checksum(at, protocol::words_of(static_cast<std::uint32_t>(bytes)))
          : 0;
}

Status check_takes(ActorRecord& record) {
  if (record.system->is_shut_down())
    return Error(ErrorCode::shut_down,
                 actor_prefix(record) + "its Runtime has been shut down, nothing can be sent");
  const auto phase = static_cast<abi::Phase>(observe(record.address() + abi::kPhase));
  if (phase == abi::Phase::active) return Success{};
  return Error(ErrorCode::not_active, actor_prefix(record) + "it is " +
                                          std::string(name_of(phase)) +
                                          "; messages are taken only by an active one");
}

Status check_priority(const ActorRecord& record, Priority priority) {
  const auto value = static_cast<std::uint32_t>(priority);
  if (value >= abi::kPriorities)
    return Error(ErrorCode::invalid_argument, actor_prefix(record) + "there is no priority " +
                                                  std::to_string(value) + "; they are 0 (low) to " +
                                                  std::to_string(abi::kPriorities - 1) +
                                                  " (critical)");
  if (priority == Priority::normal || record.actor.priorities) return Success{};
  return Error(ErrorCode::invalid_argument,
               actor_prefix(record) + "it has no priorities, and this message's is '" +
                   std::string(ring::name_of(priority)) + "'; declare '" +
                   std::string(record.actor.cpp_name) +
                   "' with .priorities = true, or send it as normal");
}

/// What has no room, for an error.
std::string full_mailbox(const ActorRecord& record, Priority priority) {
  std::string text = actor_prefix(record) + "its mailbox of " +
                     std::to_string(words[record.address() + abi::kMailboxMask] + 1);
  if (record.actor.priorities)
    text += " for the priority '" + std::string(ring::name_of(priority)) + "'";
  return text + " is full";
}

DeadLetter dead_letter(const ActorRecord& record, const Outgoing& message, const Timestamp& stamp,
                       Reason reason) {
  DeadLetter letter;
  letter.reason = reason;
  letter.header.correlation_id = message.correlation;
  letter.header.destination = record.address();
  letter.header.message_type = message.type;
  letter.header.priority = static_cast<std::uint8_t>(message.options.priority);
  letter.header.payload_size = message.payload.size();
  letter.header.timestamp = stamp;
  letter.payload.assign(message.payload.begin(), message.payload.end());
  return letter;
}

} // namespace

Status check_type(const ActorRecord& record, std::uint32_t type, std::size_t bytes) {
  const MessageImage* image = record.actor.find_received(type);
  if (!image)
    return Error(ErrorCode::wrong_message,
                 actor_prefix(record) + "'" + std::string(record.actor.cpp_name) +
                     "' does not receive messages of type " + std::to_string(type));
  if (bytes != image->size)
    return Error(ErrorCode::invalid_argument,
                 actor_prefix(record) + "a '" + std::string(image->name) + "' has " +
                     std::to_string(image->size) + " bytes, not " + std::to_string(bytes));
  return Success{};
}

void notify(ActorRecord& record) {
  protocol::notify(record.address());
  record.system->wake(*record.crew);
}

bool tell_sender(ActorRecord& by, std::uint32_t slot, Reason reason) {
  const std::uint32_t source = words[slot + abi::kSource];
  const std::uint32_t type = words[slot + abi::kMessageType];
  if (!protocol::hears(source, words[slot + abi::kFlags])) return false;
  const std::shared_ptr<ActorRecord> sender = by.system->at(source);
  if (!sender || static_cast<abi::Phase>(observe(source + abi::kPhase)) == abi::Phase::terminated)
    return false;
  const std::uint32_t to = protocol::claim(protocol::mailbox_of(source, 0));
  if (to == 0) return false;
  const Undelivered answer{type, reason, words[slot + abi::kCorrelation], by.address()};
  const std::uint64_t wall = by.system->show_wall();
  fill(to, source,
       {abi::kUndelivered, std::as_bytes(std::span(&answer, 1)), {}, answer.correlation},
       by.system->clock().tick(wall), wall);
  words[to + abi::kSource] = by.address();
  words[to + abi::kFlags] = abi::kQuiet;
  protocol::publish_slot(to);
  notify(*sender);
  return true;
}

Status send(ActorRecord& record, const Outgoing& message, bool is_patient, const Deadline& deadline,
            bool with_notification) {
  const Priority priority = message.options.priority;
  if (Status s = check_priority(record, priority); !s) return s;
  if (Status s = check_takes(record); !s) return s;
  const std::uint64_t wall = record.system->show_wall();
  const Timestamp stamp = record.system->clock().tick(wall);
  const std::uint32_t self = record.address();
  const protocol::Ring mailbox =
      protocol::mailbox_of(self, protocol::ring_in(self, protocol::flags_of(priority)));
  Backoff backoff;
  for (;;) {
    if (const std::uint32_t slot = protocol::claim(mailbox)) {
      fill(slot, self, message, stamp, wall);
      protocol::publish_slot(slot);
      if (with_notification) notify(record);
      return Success{};
    }
    if (record.overflow == Overflow::dead_letter) {
      bury_here(record, dead_letter(record, message, stamp, Reason::full));
      return Success{};
    }
    const bool gives_up = record.overflow == Overflow::reject || !is_patient;
    if (gives_up || deadline.has_passed()) {
      ring::atomic_ref(words[self + abi::kRejected])
          .fetch_add(1, ring::relaxed, ring::MemoryScope::system);
      const std::string text = full_mailbox(record, priority);
      if (gives_up) return Error(ErrorCode::mailbox_full, text);
      return Error(ErrorCode::timeout, text + "; " + describe_waits(record));
    }
    notify(record);
    // Dead letters that nobody asks for must not hold up the actor that made them.
    take_dead(record);
    backoff.pause();
    if (auto error = record.crew->failure()) return *error;
    if (Status s = check_takes(record); !s) return s;
  }
}

Result<std::uint32_t> command(ActorRecord& record, abi::Command what, const Deadline& deadline) {
  Crew& crew = *record.crew;
  const std::uint32_t supervisor = crew.supervisor();
  Outgoing message;
  message.type = static_cast<std::uint32_t>(what);
  const std::uint32_t address = record.address();
  message.payload = std::as_bytes(std::span(&address, 1));
  const std::uint64_t wall = record.system->show_wall();
  Backoff backoff;
  for (;;) {
    if (auto error = crew.failure()) return *error;
    if (const std::uint32_t slot = protocol::claim(protocol::mailbox_of(supervisor, 0))) {
      fill(slot, supervisor, message, record.system->clock().tick(wall), wall);
      protocol::publish_slot(slot);
      protocol::notify(supervisor);
      record.system->wake(crew);
      return ++record.commands & 0xFFFFFF;
    }
    if (deadline.has_passed())
      return Error(ErrorCode::timeout, actor_prefix(record) +
                                           "the supervisor of its crew takes no commands; " +
                                           describe_waits(record));
    backoff.pause();
  }
}

} // namespace ring::runtime
