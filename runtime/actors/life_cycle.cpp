#include "actors/life_cycle.h"

#include "actors/actor_system.h"
#include "actors/describe.h"
#include "actors/incoming.h"
#include "actors/outgoing.h"

#include <algorithm>
#include <initializer_list>

namespace ring::runtime {

using abi::Phase;
using protocol::observe;

namespace {

struct Rule {
  abi::Command command;
  Phase to;
  std::initializer_list<Phase> from;
};

const Rule& rule_of(Step step) {
  static const Rule kActivate{abi::Command::activate, Phase::active, {Phase::launched}};
  static const Rule kResume{abi::Command::activate, Phase::active, {Phase::suspended}};
  static const Rule kSuspend{abi::Command::suspend, Phase::suspended, {Phase::active}};
  static const Rule kRestart{
      abi::Command::restart, Phase::active, {Phase::launched, Phase::active, Phase::suspended}};
  static const Rule kDrain{
      abi::Command::drain, Phase::terminated, {Phase::launched, Phase::active, Phase::suspended}};
  static const Rule kTerminate{abi::Command::terminate,
                               Phase::terminated,
                               {Phase::launched, Phase::active, Phase::suspended}};
  switch (step) {
  case Step::activate:
    return kActivate;
  case Step::resume:
    return kResume;
  case Step::suspend:
    return kSuspend;
  case Step::restart:
    return kRestart;
  case Step::drain:
    return kDrain;
  case Step::terminate:
    break;
  }
  return kTerminate;
}

Error illegal(const ActorRecord& record, Phase from, Phase to) {
  return Error(ErrorCode::illegal_state, actor_prefix(record) + "it is " +
                                             std::string(name_of(from)) + " and cannot become " +
                                             std::string(name_of(to)));
}

struct Told {
  ActorRecord* record;
  std::uint32_t number; // of the command
};

Status wait_until_taken(const Told& told, const Rule& rule, const Deadline& deadline) {
  ActorRecord& record = *told.record;
  if (Status s = wait_until_obeyed(record, told.number, deadline); !s) return s;
  if (rule.to == Phase::terminated) {
    if (Status s = wait_for_end(record, deadline); !s) return s;
    record.system->forget(record);
    return Success{};
  }
  const Phase phase = phase_of(record);
  // It may have gone on by itself, with the step or before it.
  if (phase == rule.to) return Success{};
  if (rule.to == Phase::active && (phase == Phase::terminating || phase == Phase::terminated))
    return Success{};
  return illegal(record, phase, rule.to);
}

} // namespace

Phase phase_of(const ActorRecord& record) {
  return static_cast<Phase>(observe(record.address() + abi::kPhase));
}

Status wait_until_obeyed(ActorRecord& record, std::uint32_t number, const Deadline& deadline) {
  Backoff backoff;
  // Numbers come round after 2^24 commands; one that was passed is as good as the one itself.
  const auto behind = [&] {
    const std::uint32_t applied = observe(record.address() + abi::kApplied) >> 8;
    return ((number - applied) & 0xFFFFFF) - 1 < 0x7FFFFF;
  };
  while (behind()) {
    if (auto error = record.crew->failure()) return *error;
    if (auto error = record.crew->mismatch()) return *error;
    if (deadline.has_passed())
      return Error(ErrorCode::timeout,
                   actor_prefix(record) + "it has not obeyed a command; " + describe_waits(record));
    backoff.pause();
  }
  return Success{};
}

Status wait_for_end(ActorRecord& record, const Deadline& deadline) {
  Backoff backoff;
  for (;;) {
    const bool has_ended = phase_of(record) == Phase::terminated;
    take_all(record); // makes room for its last messages
    if (has_ended) return Success{};
    if (auto error = record.crew->failure()) return *error;
    if (deadline.has_passed())
      return Error(ErrorCode::timeout,
                   actor_prefix(record) + "it has not ended; " + describe_waits(record));
    backoff.pause();
  }
}

Status take(const Instances& actors, Step step, const Deadline& deadline) {
  const Rule& rule = rule_of(step);
  // All are told before one is waited for.
  std::vector<Told> told;
  told.reserve(actors.size());
  Status result = Success{};
  for (const auto& record : actors) {
    const std::lock_guard lock(record->command_mutex);
    const Phase from = phase_of(*record);
    if (std::ranges::find(rule.from, from) == rule.from.end()) {
      result = illegal(*record, from, rule.to);
      break;
    }
    if (record->system->is_shut_down()) {
      result =
          Error(ErrorCode::shut_down, actor_prefix(*record) + "its Runtime has been shut down");
      break;
    }
    const Result<std::uint32_t> number = command(*record, rule.command, deadline);
    if (!number) {
      result = number.error();
      break;
    }
    told.push_back({record.get(), *number});
  }
  for (const Told& each : told)
    if (Status s = wait_until_taken(each, rule, deadline); !s && result) result = s;
  return result;
}

} // namespace ring::runtime
