// What holds for an actor: its function's parameters, its messages, and what a launch gives it.
#include "ir/analysis/properties.h"
#include "ir/message_words.h"
#include "ir/verifier_state.h"

#include <cstdio>

namespace ring::ir::checks {
namespace {

constexpr std::uint64_t kWordSize = 4;

std::string hexadecimal(std::uint32_t value) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08x", value);
  return text;
}

/// The struct that a reference which may be written through leads to.
const StructDecl* written_struct(TypePtr type) {
  const auto* ref = type->as<RefType>();
  const auto* structure = ref ? ref->pointee->as<StructType>() : nullptr;
  return structure && ref->access == Access::read_write ? structure->decl : nullptr;
}

} // namespace

void Verifier::check_ring_kernel(const Function& function, const RingKernel& kind) {
  const Place place{&function, function.loc};
  if (kind.actor.empty()) reporter_.problem(place, "an actor without a name");
  if (!actors_.insert(kind.actor).second) {
    reporter_.problem(place, "a second actor '" + kind.actor + "'");
  }
  if (kind.mailbox == 0) reporter_.problem(place, "a mailbox that holds no message");
  check_lanes(kind, place);
  check_ring_params(function, kind);
  if (kind.state) {
    const std::string problem = types_.data_problem(module_.types.structure(kind.state));
    if (!problem.empty()) reporter_.problem(place, "the state: " + problem);
  }
  check_messages(kind.receives, "receives", place);
  check_messages(kind.replies, "replies", place);
  check_arguments(kind, place);
}

/// One kernel runs all actors of the module.
void Verifier::check_lanes(const RingKernel& kind, const Place& place) {
  if (kind.scope == RingScope::serial) {
    if (kind.lanes != 1) reporter_.problem(place, "a serial actor with more than one lane");
    return;
  }
  if (kind.lanes < 2 || kind.lanes > kMaxBlockThreads) {
    reporter_.problem(place, "a group has 2 to " + std::to_string(kMaxBlockThreads) + " lanes");
  }
  if (lanes_ != 0 && lanes_ != kind.lanes) {
    reporter_.problem(place, std::to_string(kind.lanes) + " lanes, but another actor has " +
                                 std::to_string(lanes_));
  }
  lanes_ = kind.lanes;
}

void Verifier::check_ring_params(const Function& function, const RingKernel& kind) {
  const Place place{&function, function.loc};
  const auto& params = function.params;
  for (const Local* param : params) {
    if (broken_.contains(param)) return;
  }
  const std::size_t words = kind.state ? 2 : 1; // where event and message stand
  bool good = params.size() == words + 2 && written_struct(params[0]->type);
  if (good && kind.state) good = written_struct(params[1]->type) == kind.state;
  good = good && params[words]->type->is_scalar(Scalar::u32) &&
         params[words + 1]->type->is_scalar(Scalar::u32);
  if (!good) {
    reporter_.problem(place, "an actor takes its context, its state if it has one, an event and "
                             "the word of the message");
  }
  if (!function.result->is_bool()) {
    reporter_.problem(place, "an actor returns whether it knows the event");
  }
}

void Verifier::check_messages(const std::vector<RingKernel::Message>& messages,
                              std::string_view what, const Place& place) {
  std::set<std::uint32_t> listed;
  for (const RingKernel::Message& message : messages) {
    if (!message.type) {
      reporter_.problem(place, "a message without a type");
      continue;
    }
    const std::string name = "the message '" + message.type->name + "'";
    const std::string problem = types_.data_problem(module_.types.structure(message.type));
    if (!problem.empty()) reporter_.problem(place, name + ": " + problem);
    if (message.id < kFirstMessageId) {
      reporter_.problem(place,
                        name + " has the id " + hexadecimal(message.id) + ", which is an event's");
    }
    if (!listed.insert(message.id).second) {
      reporter_.problem(place, name + " stands twice in what the actor " + std::string(what));
      continue;
    }
    const auto [by_id, new_id] = messages_.emplace(message.id, message.type);
    if (by_id->second != message.type) {
      reporter_.problem(place, name + " has the id of '" + by_id->second->name + "', " +
                                   hexadecimal(message.id));
    }
    const auto [by_type, new_type] = message_ids_.emplace(message.type, message.id);
    if (by_type->second != message.id) {
      reporter_.problem(place, name + " has two ids, " + hexadecimal(by_type->second) + " and " +
                                   hexadecimal(message.id));
    }
  }
}

/// Values and routes lie in the arguments area one after the other, each from a whole word on.
void Verifier::check_arguments(const RingKernel& kind, const Place& place) {
  using Kind = RingKernel::Argument::Kind;
  std::set<std::string> names;
  std::uint64_t end = 0;
  for (const RingKernel::Argument& argument : kind.arguments) {
    const std::string name = "the argument '" + argument.name + "'";
    if (!names.insert(argument.name).second) reporter_.problem(place, "a second " + name.substr(4));
    if (argument.kind == Kind::span) {
      const bool good = globals_.contains(argument.bound) &&
                        argument.bound->space == AddressSpace::launch &&
                        argument.bound->type == argument.type;
      if (!good) reporter_.problem(place, name + " is no bound span");
      continue;
    }
    if (argument.kind == Kind::route) {
      if (!argument.type || !argument.type->is_scalar(Scalar::u32)) {
        reporter_.problem(place, name + " is a route, but no u32");
        continue;
      }
      if (argument.messages.empty()) reporter_.problem(place, name + " is a route for nothing");
      check_messages(argument.messages, "sends along '" + argument.name + "'", place);
    }
    const std::string problem = types_.data_problem(argument.type);
    if (!problem.empty()) {
      reporter_.problem(place, name + ": " + problem);
      continue;
    }
    if (argument.word < end) {
      reporter_.problem(place, name + " begins before the end of the one before it");
    }
    end = argument.word + (size_of(argument.type) + kWordSize - 1) / kWordSize;
  }
}

} // namespace ring::ir::checks
