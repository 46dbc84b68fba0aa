// From actors to the host: replies, answers to calls and dead letters, which come through one ring
// for each actor. Any thread; the calling thread has the arena attached.
#pragma once

#include "actors/record.h"
#include "actors/waiting.h"

#include <cstdint>
#include <optional>
#include <span>

namespace ring::runtime {

/// A call that waits for its answer. The answer may come from any actor to which the message was
/// passed on.
struct CallState {
  std::shared_ptr<ActorSystem> system;
  std::uint32_t correlation = 0;
  std::vector<std::shared_ptr<ActorRecord>> sources;
  std::optional<Result<RawMessage>> answer; // guarded by the mutex of Calls
};

/// The next message of one of the types, of any if there are none.
Result<RawMessage> receive(ActorRecord& record, std::span<const std::uint32_t> types,
                           const Deadline& deadline);
/// Takes all that has come, and what an actor that has ended left in its mailbox.
void take_all(ActorRecord& record);
/// Takes dead letters from the front of the ring.
void take_dead(ActorRecord& record);
std::vector<DeadLetter> dead_letters(ActorRecord& record);
/// A dead letter that the host makes.
void bury_here(ActorRecord& record, DeadLetter letter);

std::shared_ptr<CallState> begin_call(std::shared_ptr<ActorRecord> target);
bool has_answer(CallState& call);
Result<RawMessage> await(CallState& call, const Deadline& deadline);

} // namespace ring::runtime
