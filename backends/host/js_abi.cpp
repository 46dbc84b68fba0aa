#include "backends/host/js_abi.h"

#include <ring/abi/actor_block.h>
#include <ring/abi/trap_record.h>

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string_view>

namespace ring::backends::host {
namespace {

using namespace ring::abi;

struct Number {
  std::string_view name;
  std::uint32_t value;
};

/// What runtime/js uses.
constexpr Number kNumbers[] = {
#define NUMBER(name) {#name, name}
    NUMBER(kProtocolVersion),
    NUMBER(kLine),
    NUMBER(kArenaMagic),
    NUMBER(kArenaVersion),
    NUMBER(kWallHigh),
    NUMBER(kWallLow),
    NUMBER(kWallHighCopy),
    NUMBER(kArenaWords),
    NUMBER(kArenaMagicValue),
    NUMBER(kCrewSlots),
    NUMBER(kCrewTable),
    NUMBER(kCrewReady),
    NUMBER(kCrewHashLow),
    NUMBER(kCrewHashHigh),
    NUMBER(kCrewSeenLow),
    NUMBER(kCrewSeenHigh),
    NUMBER(kCrewWords),
    NUMBER(kType),
    NUMBER(kState),
    NUMBER(kMailbox),
    NUMBER(kMailboxMask),
    NUMBER(kMailboxWords),
    NUMBER(kReplies),
    NUMBER(kRepliesMask),
    NUMBER(kRepliesWords),
    NUMBER(kOutbox),
    NUMBER(kOutboxMask),
    NUMBER(kOutboxWords),
    NUMBER(kArguments),
    NUMBER(kCrew),
    NUMBER(kSlot),
    NUMBER(kOverflow),
    NUMBER(kTraits),
    NUMBER(kMaxDrift),
    NUMBER(kCommand),
    NUMBER(kLaneStage),
    NUMBER(kApplied),
    NUMBER(kPhase),
    NUMBER(kHead),
    NUMBER(kRepliesTail),
    NUMBER(kOutboxHead),
    NUMBER(kOutboxTail),
    NUMBER(kPending),
    NUMBER(kStopping),
    NUMBER(kIdleDue),
    NUMBER(kWaitsFor),
    NUMBER(kProcessed),
    NUMBER(kSent),
    NUMBER(kDead),
    NUMBER(kDropped),
    NUMBER(kLastError),
    NUMBER(kErrorCount),
    NUMBER(kLatencyLow),
    NUMBER(kLatencyHigh),
    NUMBER(kLatencyMin),
    NUMBER(kLatencyMax),
    NUMBER(kMaxDepth),
    NUMBER(kTail),
    NUMBER(kRejected),
    NUMBER(kLaneCount),
    NUMBER(kLaneSlots),
    NUMBER(kLaneSends),
    NUMBER(kActorWords),
    NUMBER(kHearsUndelivered),
    NUMBER(kHasPriorities),
    NUMBER(kPriorities),
    NUMBER(kUndelivered),
    NUMBER(kCommandWords),
    NUMBER(kSequence),
    NUMBER(kMessageType),
    NUMBER(kBytes),
    NUMBER(kFlags),
    NUMBER(kSource),
    NUMBER(kDestination),
    NUMBER(kCorrelation),
    NUMBER(kChecksum),
    NUMBER(kPhysicalLow),
    NUMBER(kPhysicalHigh),
    NUMBER(kLogical),
    NUMBER(kNode),
    NUMBER(kDeadlineLow),
    NUMBER(kDeadlineHigh),
    NUMBER(kMessageId),
    NUMBER(kPayload),
    NUMBER(kReasonMask),
    NUMBER(kIsDead),
    NUMBER(kHost),
    NUMBER(kNobody),
    NUMBER(kChecked),
    NUMBER(kQuiet),
    NUMBER(kRingShift),
    NUMBER(kMaxPayloadBytes),
    NUMBER(kTrapWords),
#undef NUMBER
};

template <class Enum> struct Name {
  std::string_view name;
  Enum value;
};

constexpr Name<Phase> kPhases[] = {
    {"created", Phase::created},         {"launched", Phase::launched},
    {"active", Phase::active},           {"suspended", Phase::suspended},
    {"terminating", Phase::terminating}, {"terminated", Phase::terminated},
};
constexpr Name<Command> kCommands[] = {
    {"create", Command::create}, {"activate", Command::activate},   {"suspend", Command::suspend},
    {"drain", Command::drain},   {"terminate", Command::terminate}, {"restart", Command::restart},
};
constexpr Name<Overflow> kOverflows[] = {
    {"wait", Overflow::wait},
    {"reject", Overflow::reject},
    {"dead_letter", Overflow::dead_letter},
};
constexpr Name<Priority> kPriorityNames[] = {
    {"low", Priority::low},
    {"normal", Priority::normal},
    {"high", Priority::high},
    {"critical", Priority::critical},
};
constexpr Name<Reason> kReasons[] = {
    {"none", Reason::none},           {"unknown_type", Reason::unknown_type},
    {"too_large", Reason::too_large}, {"bad_checksum", Reason::bad_checksum},
    {"expired", Reason::expired},     {"full", Reason::full},
    {"closed", Reason::closed},       {"hops_exceeded", Reason::hops_exceeded},
    {"no_route", Reason::no_route},   {"terminated", Reason::terminated},
};
constexpr Name<ActorError> kErrors[] = {
    {"none", ActorError::none},
    {"outbox_full", ActorError::outbox_full},
    {"clock_skew", ActorError::clock_skew},
    {"unknown_command", ActorError::unknown_command},
};

using Json = nlohmann::ordered_json;

template <class Enum, std::size_t Count> Json values_of(const Name<Enum> (&names)[Count]) {
  Json json = Json::object();
  for (const Name<Enum>& each : names)
    json[std::string(each.name)] = static_cast<std::uint32_t>(each.value);
  return json;
}

/// By value: what a device says is shown by its name.
template <class Enum, std::size_t Count> Json names_of(const Name<Enum> (&names)[Count]) {
  Json json = Json::object();
  for (const Name<Enum>& each : names)
    json[std::to_string(static_cast<std::uint32_t>(each.value))] = each.name;
  return json;
}

} // namespace

std::string js_abi() {
  Json json;
  for (const Number& number : kNumbers)
    json[std::string(number.name)] = number.value;
  json["commands"] = values_of(kCommands);
  json["overflows"] = values_of(kOverflows);
  json["priorities"] = values_of(kPriorityNames);
  json["phases"] = names_of(kPhases);
  json["reasons"] = names_of(kReasons);
  json["errors"] = names_of(kErrors);
  return json.dump();
}

} // namespace ring::backends::host
