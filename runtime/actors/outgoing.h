// From the host into mailboxes. Any thread; the calling thread has the arena attached.
#pragma once

#include "actors/record.h"
#include "actors/waiting.h"

#include <cstdint>
#include <span>

namespace ring::runtime {

struct Outgoing {
  std::uint32_t type = 0;
  std::span<const std::byte> payload;
  SendOptions options;
  std::uint32_t correlation = 0;
};

/// Error{wrong_message} or Error{invalid_argument} if the actor does not take such messages.
Status check_type(const ActorRecord& record, std::uint32_t type, std::size_t bytes);
/// Puts a message into the mailbox, or does what the overflow policy says. With `notify` off the
/// actor learns of it from the next notification, unless the mailbox is full before.
Status send(ActorRecord& record, const Outgoing& message, bool is_patient, const Deadline& deadline,
            bool notify = true);
void notify(ActorRecord& record);
/// Tells the actor that sent the message in that slot, which `by` did not handle, if it asked for
/// that and can be reached at once.
bool tell_sender(ActorRecord& by, std::uint32_t slot, Reason reason);

/// Gives the supervisor a command and does not wait until the actor obeys; with its number. The
/// caller has the record's command_mutex.
Result<std::uint32_t> command(ActorRecord& record, abi::Command what, const Deadline& deadline);

} // namespace ring::runtime
