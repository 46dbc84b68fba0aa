#include "backends/host/embed_actors.h"

#include "backends/host/literal.h"

namespace ring::backends::host {
namespace {

using namespace ir;
using Kind = RingKernel::Argument::Kind;

void define_messages(SourceWriter& out, const std::string& name,
                     const std::vector<MessageFacts>& messages) {
  if (messages.empty()) return;
  out.open("constexpr ring::MessageImage " + name + "[] = {");
  for (const MessageFacts& message : messages)
    out.line("{" + quoted(message.type->cpp_name) + ", " + hexadecimal(message.id) + ", " +
             std::to_string(message.type->size) + ", " + std::to_string(message.type->align) +
             "},");
  out.close("};");
}

/// Different from the other lists: no name of those ends in a number.
std::string route_list(const ActorFacts& actor, std::size_t argument) {
  return actor.function->name + "_route_" + std::to_string(argument);
}

std::string access_of(const ArgumentFacts& argument) {
  if (argument.kind != Kind::span) return "none";
  return argument.is_writable ? "read_write" : "read";
}

void define_arguments(SourceWriter& out, const ActorFacts& actor) {
  if (actor.arguments.empty()) return;
  out.open("constexpr ring::ArgumentImage " + actor.function->name + "_arguments[] = {");
  for (std::size_t i = 0; i < actor.arguments.size(); ++i) {
    const ArgumentFacts& argument = actor.arguments[i];
    out.line("{" + quoted(argument.name) + ", ring::ArgumentKind::" +
             std::string(name_of(argument.kind)) + ", ring::SpanAccess::" + access_of(argument) +
             ", " + std::to_string(argument.offset) + ", " + std::to_string(argument.size) + ", " +
             std::to_string(argument.align) + ", " + std::to_string(argument.param) +
             (argument.messages.empty() ? "" : ", " + route_list(actor, i)) + "},");
  }
  out.close("};");
}

} // namespace

void define_actor_lists(SourceWriter& out, const std::vector<ActorFacts>& actors) {
  for (const ActorFacts& actor : actors) {
    define_messages(out, actor.function->name + "_receives", actor.receives);
    define_messages(out, actor.function->name + "_replies", actor.replies);
    for (std::size_t i = 0; i < actor.arguments.size(); ++i)
      define_messages(out, route_list(actor, i), actor.arguments[i].messages);
    define_arguments(out, actor);
  }
}

void define_actors(SourceWriter& out, const std::string& name,
                   const std::vector<ActorFacts>& actors) {
  out.open("extern constinit const ring::ActorImage " + name + "[" + std::to_string(actors.size()) +
           "] = {");
  for (const ActorFacts& actor : actors) {
    const std::string& prefix = actor.function->name;
    const RingKernel& ring = *actor.ring;
    out.open("{");
    out.line(".name = " + quoted(ring.actor) + ",");
    out.line(".cpp_name = " + quoted(actor.function->cpp_name) + ",");
    out.line(".type = " + std::to_string(actor.type) + ",");
    out.line(".scope = ring::ActorScope::" + std::string(name_of(ring.scope)) + ",");
    out.line(".mailbox = " + std::to_string(ring.mailbox) + ",");
    out.line(".state_size = " + std::to_string(ring.state ? ring.state->size : 0) + ",");
    out.line(".state_align = " + std::to_string(ring.state ? ring.state->align : 1) + ",");
    out.line(".states_param = " + std::to_string(actor.states_param) + ",");
    out.line(".arguments_size = " + std::to_string(actor.arguments_size) + ",");
    if (!actor.receives.empty()) out.line(".receives = " + prefix + "_receives,");
    if (!actor.replies.empty()) out.line(".replies = " + prefix + "_replies,");
    if (!actor.arguments.empty()) out.line(".arguments = " + prefix + "_arguments,");
    if (ring.lanes != 1) out.line(".lanes = " + std::to_string(ring.lanes) + ",");
    if (ring.priorities) out.line(".priorities = true,");
    out.close("},");
  }
  out.close("};");
}

} // namespace ring::backends::host
