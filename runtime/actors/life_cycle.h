// The steps of an actor's life. Any thread; the calling thread has the arena attached.
#pragma once

#include "actors/record.h"
#include "actors/waiting.h"

namespace ring::runtime {

abi::Phase phase_of(const ActorRecord& record);

enum class Step : std::uint8_t { activate, suspend, resume, restart, drain, terminate };

/// Takes the step with all of them and waits until they have obeyed.
Status take(const Instances& actors, Step step, const Deadline& deadline);

/// The actor has obeyed the command of that number.
Status wait_until_obeyed(ActorRecord& record, std::uint32_t number, const Deadline& deadline);
/// It has terminated; what it still had to say lies at the host.
Status wait_for_end(ActorRecord& record, const Deadline& deadline);

} // namespace ring::runtime
