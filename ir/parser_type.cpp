#include "ir/parser_state.h"
#include "ir/printer_state.h"

namespace ring::ir::text {

bool Parser::at_type() const {
  const Token& token = peek();
  if (token.is(Token::Kind::string)) return true;
  if (!token.is(Token::Kind::identifier)) return false;
  // A struct's name is a type only where its value follows; it may be the name of an intrinsic,
  // too.
  return is_type_word(token.text) || peek(1).is("{");
}

TypePtr Parser::parse_type() {
  Depth depth(*this);
  if (!depth.fits()) return nullptr;
  const Token& at = peek();
  TypeTable& types = module_.types;
  if (at.is(Token::Kind::identifier) && is_type_word(at.text)) {
    next();
    const std::string_view word = at.text;
    if (word == "void") return types.void_type();
    for (int i = 0; i <= static_cast<int>(Scalar::f64); ++i) {
      if (word == name_of(static_cast<Scalar>(i))) return types.scalar(static_cast<Scalar>(i));
    }
    if (word == "ref" || word == "ptr") return parse_pointer_like(word == "ref");
    if (!expect("<")) return nullptr;
    const TypePtr element = parse_type();
    if (!element) return nullptr;
    if (word == "span") {
      Access access{};
      if (!expect(",") || !parse_enum(access, Access::read_write, "read or read_write"))
        return nullptr;
      return expect_close_angle() ? types.span(element, access) : nullptr;
    }
    if (word == "array") {
      std::uint64_t count = 0;
      if (accept(",") && !parse_integer(count)) return nullptr;
      return expect_close_angle() ? types.array(element, count) : nullptr;
    }
    const auto count = static_cast<std::uint32_t>(word.back() - '0');
    return expect_close_angle() ? types.vector(element, count) : nullptr;
  }
  std::string name;
  if (!at.is(Token::Kind::identifier) && !at.is(Token::Kind::string))
    return fail("expected a type");
  if (!parse_name(name)) return nullptr;
  const auto found = structs_.find(name);
  if (found == structs_.end()) return fail(at, "no struct '" + name + "' is declared");
  return types.structure(found->second);
}

TypePtr Parser::parse_pointer_like(bool is_ref) {
  AddressSpace space{};
  Access access{};
  if (!expect("<")) return nullptr;
  const TypePtr pointee = parse_type();
  if (!pointee || !expect(",") || !parse_enum(space, AddressSpace::constant, "an address space") ||
      !expect(",") || !parse_enum(access, Access::read_write, "read or read_write") ||
      !expect_close_angle()) {
    return nullptr;
  }
  return is_ref ? module_.types.ref(pointee, space, access)
                : module_.types.ptr(pointee, space, access);
}

} // namespace ring::ir::text
