// What people and tools are told of an actor. The calling thread has the arena attached.
#pragma once

#include "actors/record.h"

#include <string>

namespace ring::runtime {

/// Who waits for whom, from this actor on: "'a' is active, has 4 messages queued and waits for room
/// in the mailbox of 'b' (sequence 8, expected 16); 'b' is suspended and has 4 messages queued".
std::string describe_waits(const ActorRecord& record);

abi::ControlBlock status_of(ActorRecord& record);
ActorMetrics metrics_of(ActorRecord& record);

} // namespace ring::runtime
