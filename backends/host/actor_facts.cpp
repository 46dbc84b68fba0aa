#include "backends/host/actor_facts.h"

#include "ir/transform/expand_actors.h"
#include "ir/type.h"

#include <ring/abi/actor_block.h>

#include <algorithm>

namespace ring::backends::host {
namespace {

using namespace ir;
using Kind = RingKernel::Argument::Kind;

constexpr std::uint64_t kWord = 4;

std::uint64_t words_up(std::uint64_t bytes) { return (bytes + kWord - 1) / kWord * kWord; }

/// The two schedules have the same parameters, and every module with actors has this one.
const Function* bounded_kernel(const Module& module) {
  const auto found = std::ranges::find_if(module.functions, [&](const Function& each) {
    return each.kernel && each.name == transform::bounded_kernel_name(module);
  });
  return found == module.functions.end() ? nullptr : &*found;
}

int param_named(const Function* kernel, const std::string& name) {
  if (!kernel) return -1;
  const auto found =
      std::ranges::find_if(kernel->params, [&](const Local* param) { return param->name == name; });
  return found == kernel->params.end() ? -1 : static_cast<int>(found - kernel->params.begin());
}

std::vector<MessageFacts> messages_from(const std::vector<RingKernel::Message>& list) {
  std::vector<MessageFacts> messages;
  for (const RingKernel::Message& each : list)
    messages.push_back({each.id, each.type});
  return messages;
}

ArgumentFacts argument_from(const RingKernel::Argument& from, const Function* kernel) {
  ArgumentFacts argument;
  argument.kind = from.kind;
  argument.name = from.name;
  if (from.kind == Kind::route) {
    argument.size = argument.align = kWord;
    argument.messages = messages_from(from.messages);
  } else if (from.kind == Kind::span) {
    const auto* span = from.type->as<SpanType>();
    argument.type = span->element;
    argument.is_writable = span->access == Access::read_write;
    argument.param = param_named(kernel, from.bound->name);
  } else {
    argument.type = from.type;
  }
  if (argument.type) {
    argument.size = size_of(argument.type);
    argument.align = align_of(argument.type);
  }
  if (from.kind != Kind::span) argument.offset = from.word * kWord;
  return argument;
}

void add_new(std::vector<MessageFacts>& all, const std::vector<MessageFacts>& list) {
  for (const MessageFacts& message : list)
    if (std::ranges::none_of(all,
                             [&](const MessageFacts& known) { return known.type == message.type; }))
      all.push_back(message);
}

/// Fowler, Noll and Vo's hash "1a".
class Hash {
public:
  void add(std::string_view text) {
    for (const char c : text)
      add_byte(static_cast<unsigned char>(c));
    add_byte(0); // "ab", "c" is not "a", "bc"
  }
  void add(std::uint64_t number) {
    for (int byte = 0; byte < 8; ++byte)
      add_byte(static_cast<unsigned char>(number >> (8 * byte)));
  }
  void add(TypePtr type) {
    if (const auto* array = type->as<ArrayType>()) {
      add(std::uint64_t{array->count});
      return add(array->element);
    }
    const auto* structure = type->as<StructType>();
    if (!structure) return add(to_string(type));
    add(*structure->decl);
  }
  /// What each struct is called may differ between two sides; where its bytes lie may not.
  void add(const StructDecl& decl) {
    add(decl.size);
    add(decl.align);
    for (const StructDecl::Field& field : decl.fields) {
      add(field.offset);
      add(field.type);
    }
  }
  void add(const std::vector<MessageFacts>& messages) {
    add(messages.size());
    for (const MessageFacts& message : messages) {
      add(std::uint64_t{message.id});
      add(*message.type);
    }
  }
  std::uint64_t value() const { return value_; }

private:
  void add_byte(unsigned char byte) {
    constexpr std::uint64_t kPrime = 0x100000001b3;
    value_ = (value_ ^ byte) * kPrime;
  }
  std::uint64_t value_ = 0xcbf29ce484222325; // the offset basis
};

} // namespace

std::vector<ActorFacts> actor_facts(const Inputs& inputs) {
  std::vector<ActorFacts> all;
  if (!inputs.source) return all;
  const Function* kernel = bounded_kernel(*inputs.module);
  for (const Function& function : inputs.source->functions) {
    const auto* ring = function.kernel ? std::get_if<RingKernel>(&function.kernel->kind) : nullptr;
    if (!ring) continue;
    ActorFacts& actor = all.emplace_back();
    actor.function = &function;
    actor.ring = ring;
    actor.type = static_cast<std::uint32_t>(all.size());
    if (ring->state) actor.states_param = param_named(kernel, function.name + "_states");
    actor.receives = messages_from(ring->receives);
    actor.replies = messages_from(ring->replies);
    for (const RingKernel::Argument& from : ring->arguments) {
      const ArgumentFacts& argument = actor.arguments.emplace_back(argument_from(from, kernel));
      if (argument.kind == Kind::span) continue;
      actor.arguments_size =
          std::max(actor.arguments_size, argument.offset + words_up(argument.size));
    }
  }
  return all;
}

std::vector<MessageFacts> sent_by(const ActorFacts& actor) {
  std::vector<MessageFacts> all;
  add_new(all, actor.replies);
  for (const ArgumentFacts& argument : actor.arguments)
    add_new(all, argument.messages);
  return all;
}

std::vector<MessageFacts> messages_of(const std::vector<ActorFacts>& actors) {
  std::vector<MessageFacts> all;
  for (const ActorFacts& actor : actors) {
    add_new(all, actor.receives);
    add_new(all, sent_by(actor));
  }
  return all;
}

bool is_schedule(const Inputs& inputs, const Function& kernel) {
  if (!inputs.source) return false;
  const bool is_named = kernel.name == transform::bounded_kernel_name(*inputs.module) ||
                        kernel.name == transform::persistent_kernel_name(*inputs.module);
  // A user's kernel of that name, in a module without actors, is in the source as well.
  return is_named && std::ranges::none_of(inputs.source->functions, [&](const Function& each) {
           return each.name == kernel.name;
         });
}

std::uint64_t layout_hash(const std::vector<ActorFacts>& actors) {
  if (actors.empty()) return 0;
  Hash hash;
  hash.add(std::uint64_t{ring::abi::kProtocolVersion});
  for (const ActorFacts& actor : actors) {
    hash.add(std::string_view(actor.ring->actor));
    hash.add(actor.ring->state ? actor.ring->state->size : std::uint64_t{0});
    hash.add(actor.receives);
    hash.add(actor.replies);
    for (const ArgumentFacts& argument : actor.arguments) {
      hash.add(name_of(argument.kind));
      hash.add(argument.offset);
      if (argument.type) hash.add(argument.type);
      hash.add(argument.messages);
    }
  }
  return hash.value();
}

} // namespace ring::backends::host
