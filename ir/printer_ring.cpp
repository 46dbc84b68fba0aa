#include "ir/lexer.h"
#include "ir/printer_state.h"

#include <cstdio>

namespace ring::ir::text {
namespace {

std::string hexadecimal(std::uint32_t value) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08x", value);
  return text;
}

std::string messages(const std::vector<RingKernel::Message>& list) {
  std::string text;
  for (const RingKernel::Message& message : list) {
    text +=
        (text.empty() ? " " : ", ") + spell_struct(*message.type) + " " + hexadecimal(message.id);
  }
  return text;
}

} // namespace

std::string Printer::ring_facts(const RingKernel& kernel) {
  using Kind = RingKernel::Argument::Kind;
  const std::string line = "\n    ";
  std::string text =
      line + "actor " + quoted(kernel.actor) + " scope " + std::string(name_of(kernel.scope));
  if (kernel.scope != RingScope::serial) text += " lanes " + std::to_string(kernel.lanes);
  text += " mailbox " + std::to_string(kernel.mailbox);
  if (kernel.priorities) text += " priorities";
  if (kernel.state) text += line + "state " + spell_struct(*kernel.state);
  if (!kernel.receives.empty()) text += line + "receives" + messages(kernel.receives);
  if (!kernel.replies.empty()) text += line + "replies" + messages(kernel.replies);
  for (const RingKernel::Argument& argument : kernel.arguments) {
    text += line + std::string(name_of(argument.kind)) + " " + spell_name(argument.name);
    if (argument.kind != Kind::span) text += " word " + std::to_string(argument.word);
    text += ":";
    if (argument.kind == Kind::value) text += " " + spell_type(argument.type);
    if (argument.kind == Kind::span) text += " " + globals_.spell('@', argument.bound);
    if (argument.kind == Kind::route) text += messages(argument.messages);
  }
  return text;
}

} // namespace ring::ir::text
