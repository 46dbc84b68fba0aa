#include "backends/host/header_actors.h"

#include "backends/host/literal.h"

#include <cctype>

namespace ring::backends::host {
namespace {

using namespace ir;
using Kind = RingKernel::Argument::Kind;

/// "RING_MESSAGE_TYPE_bank_Deposit_1234abcd"
std::string guard_of(const MessageFacts& message) {
  std::string guard = "RING_MESSAGE_TYPE_";
  for (const char c : message.type->cpp_name)
    guard += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return guard + "_" + hexadecimal(message.id).substr(2);
}

std::string list_of(const HostTypes& types, const std::vector<MessageFacts>& messages) {
  std::string list;
  for (const MessageFacts& message : messages)
    list += (list.empty() ? "" : ", ") + types.name(*message.type);
  return list;
}

/// `"ledger" receives bank::Deposit; sends bank::Balance; takes next (route), damping`
std::string summary(const ActorFacts& actor) {
  const auto names = [](const std::vector<MessageFacts>& messages) {
    std::string list;
    for (const MessageFacts& message : messages)
      list += (list.empty() ? "" : ", ") + message.type->cpp_name;
    return list;
  };
  std::string text = quoted(actor.ring->actor) + " receives " + names(actor.receives);
  if (const auto sent = sent_by(actor); !sent.empty()) text += "; sends " + names(sent);
  std::string arguments;
  for (const ArgumentFacts& argument : actor.arguments)
    arguments += (arguments.empty() ? "" : ", ") + argument.name +
                 (argument.kind == Kind::route ? " (route)" : "");
  if (!arguments.empty()) text += "; takes " + arguments;
  return text;
}

} // namespace

std::string span_of(const HostTypes& types, TypePtr element, bool is_writable) {
  return "ring::span<" + std::string(is_writable ? "" : "const ") + types.name(element) + ">";
}

void specialize_messages(SourceWriter& out, const HostTypes& types,
                         const std::vector<ActorFacts>& actors) {
  for (const MessageFacts& message : messages_of(actors)) {
    // A program may include the headers of two modules that share a message.
    const std::string guard = guard_of(message);
    out.blank();
    out.line("#ifndef " + guard);
    out.line("#define " + guard);
    out.open("template <> struct ring::MessageType<" + types.name(*message.type) + "> {");
    out.line("static constexpr std::uint32_t id = " + hexadecimal(message.id) + ";");
    out.close("};");
    out.line("#endif");
  }
}

void declare_actors(SourceWriter& out, const HostTypes& types, const ImageNames& names,
                    const std::vector<ActorFacts>& actors) {
  for (const ActorFacts& actor : actors) {
    std::string params;
    for (const ArgumentFacts& argument : actor.arguments) {
      if (argument.kind == Kind::route) continue;
      params +=
          ", " + (argument.kind == Kind::span ? span_of(types, argument.type, argument.is_writable)
                                              : types.name(argument.type));
    }
    out.line("/// " + summary(actor));
    out.line("inline constexpr ring::Actor<ring::Receives<" + list_of(types, actor.receives) +
             ">, ring::Replies<" + list_of(types, sent_by(actor)) + ">" + params + "> " +
             actor.function->name + "{&" + names.module + ", &" + names.actors + "[" +
             std::to_string(actor.type - 1) + "]};");
  }
}

} // namespace ring::backends::host
