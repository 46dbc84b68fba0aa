// The facts of an actor, between the header of its function and the body.
#include "ir/parser_state.h"

#include <charconv>

namespace ring::ir::text {

bool Parser::parse_hexadecimal(std::uint32_t& value) {
  const Token& token = peek();
  if (!token.is(Token::Kind::number) || !token.text.starts_with("0x")) return parse_u32(value);
  const char* end = token.text.data() + token.text.size();
  const auto [last, status] = std::from_chars(token.text.data() + 2, end, value, 16);
  if (status != std::errc() || last != end) {
    fail("expected a number of 32 bits");
    return false;
  }
  next();
  return true;
}

const StructDecl* Parser::parse_struct_name() {
  const Token& at = peek();
  std::string name;
  if (!parse_name(name)) return nullptr;
  const auto found = structs_.find(name);
  return found == structs_.end() ? fail(at, "no struct '" + name + "' is declared") : found->second;
}

bool Parser::parse_messages(std::vector<RingKernel::Message>& messages) {
  do {
    RingKernel::Message& message = messages.emplace_back();
    if (!(message.type = parse_struct_name()) || !parse_hexadecimal(message.id)) return false;
  } while (accept(","));
  return true;
}

bool Parser::parse_argument(RingKernel& kernel, RingKernel::Argument::Kind kind) {
  using Kind = RingKernel::Argument::Kind;
  RingKernel::Argument& argument = kernel.arguments.emplace_back();
  argument.kind = kind;
  if (!parse_name(argument.name)) return false;
  if (kind != Kind::span && (!expect("word") || !parse_u32(argument.word))) return false;
  if (!expect(":")) return false;
  switch (kind) {
  case Kind::value:
    return (argument.type = parse_type()) != nullptr;
  case Kind::span:
    if (!(argument.bound = parse_global_name())) return false;
    argument.type = argument.bound->type;
    return true;
  case Kind::route:
    argument.type = module_.types.u32();
    return parse_messages(argument.messages);
  }
  return false;
}

bool Parser::parse_ring_facts(RingKernel& kernel) {
  using Kind = RingKernel::Argument::Kind;
  if (!expect("actor") || !parse_string(kernel.actor)) return false;
  if (!expect("scope") || !parse_enum(kernel.scope, RingScope::parallel, "the scope of an actor")) {
    return false;
  }
  if (accept("lanes") && !parse_u32(kernel.lanes)) return false;
  if (!expect("mailbox") || !parse_u32(kernel.mailbox)) return false;
  kernel.priorities = accept("priorities");
  if (accept("state") && !(kernel.state = parse_struct_name())) return false;
  if (accept("receives") && !parse_messages(kernel.receives)) return false;
  if (accept("replies") && !parse_messages(kernel.replies)) return false;
  for (;;) {
    if (accept("value")) {
      if (!parse_argument(kernel, Kind::value)) return false;
    } else if (accept("span")) {
      if (!parse_argument(kernel, Kind::span)) return false;
    } else if (accept("route")) {
      if (!parse_argument(kernel, Kind::route)) return false;
    } else {
      return true;
    }
  }
}

} // namespace ring::ir::text
