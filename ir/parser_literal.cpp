#include "ir/parser_state.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

namespace ring::ir::text {
namespace {

/// Splits the name of a scalar type off the end of a number.
std::string_view scalar_suffix(std::string_view text) {
  std::string_view best;
  for (int i = 0; i <= static_cast<int>(Scalar::f64); ++i) {
    const std::string_view name = name_of(static_cast<Scalar>(i));
    if (text.size() > name.size() && text.ends_with(name) && name.size() > best.size()) best = name;
  }
  return best;
}

std::optional<Scalar> find_scalar(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(Scalar::f64); ++i) {
    if (name == name_of(static_cast<Scalar>(i))) return static_cast<Scalar>(i);
  }
  return std::nullopt;
}

bool is_hexadecimal(std::string_view text) {
  return text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

template <class Number, class Base> std::optional<Number> read(std::string_view digits, Base base) {
  Number value{};
  const char* end = digits.data() + digits.size();
  const auto [last, status] = std::from_chars(digits.data(), end, value, base);
  if (status != std::errc() || last != end) return std::nullopt;
  return value;
}

/// f16, bf16 and f32 are read as a float: their shortest text is that of a float.
std::optional<double> read_float(std::string_view digits, Scalar kind) {
  const bool hexadecimal = is_hexadecimal(digits);
  if (hexadecimal) digits.remove_prefix(2);
  const auto format = hexadecimal ? std::chars_format::hex : std::chars_format::general;
  if (kind == Scalar::f64) return read<double>(digits, format);
  const std::optional<float> narrow = read<float>(digits, format);
  return narrow ? std::optional<double>(*narrow) : std::nullopt;
}

bool is_special_float(const Token& token) {
  if (!token.is(Token::Kind::identifier)) return false;
  const std::string_view word = token.text.substr(0, 3);
  return (word == "inf" || word == "nan") && (token.text.size() == 3 || token.text[3] == '_');
}

/// A literal's name and the mark behind it.
bool is_named(const Token& name, const Token& mark) {
  const bool is_name = name.is(Token::Kind::identifier) || name.is(Token::Kind::string);
  return is_name && mark.is("#");
}

} // namespace

bool Parser::at_literal() const {
  const Token& token = peek();
  if (token.is(Token::Kind::number) || is_named(token, peek(1))) return true;
  if (token.is("-")) {
    return peek(1).is(Token::Kind::number) || (is_special_float(peek(1)) && !peek(2).is("{"));
  }
  if (is_special_float(token)) return !peek(1).is("{"); // a struct may have such a name
  return token.is("true") || token.is("false");
}

/// 34, -1, true, inf, kHead#34
Expr* Parser::parse_literal(TypePtr expected) {
  std::string name;
  if (is_named(peek(), peek(1)) && (!parse_name(name) || !expect("#"))) return nullptr;
  const Token& token = peek();
  const bool negative = accept("-");
  Expr* literal = nullptr;
  if (is_special_float(peek())) {
    literal = parse_special_float(negative, expected);
  } else if (!negative && (accept("true") || accept("false"))) {
    literal = make(token, Literal{token.is("true")}, module_.types.boolean());
  } else {
    literal = parse_number(negative, expected);
  }
  if (literal) literal->as<Literal>()->name = std::move(name);
  return literal;
}

Expr* Parser::parse_number(bool negative, TypePtr expected) {
  const Token& token = peek();
  if (!token.is(Token::Kind::number)) return fail("expected a number");
  next();
  std::string_view digits = token.text;
  const bool hexadecimal = is_hexadecimal(digits);
  const std::string_view suffix = scalar_suffix(digits);
  // In 0x1f32 the end is digits, not a type.
  const bool has_suffix = !suffix.empty() && !(hexadecimal && suffix.find_first_of("iu") != 0 &&
                                               digits.find_first_of("pP") == digits.npos);
  if (has_suffix) digits.remove_suffix(suffix.size());
  const std::optional<Scalar> named = find_scalar(has_suffix ? suffix : std::string_view());
  const bool has_point = digits.find_first_of(hexadecimal ? ".pP" : ".eE") != digits.npos;
  const bool floating = has_point || is_float(named.value_or(Scalar::boolean));
  const auto* hint = expected ? expected->as<ScalarType>() : nullptr;
  Scalar kind = floating ? Scalar::f32 : Scalar::i32;
  if (named) {
    kind = named.value();
  } else if (hint && (floating ? is_float(hint->kind) : is_integer(hint->kind))) {
    kind = hint->kind;
  }
  const TypePtr type = module_.types.scalar(kind);
  if (floating) {
    const std::optional<double> value = read_float(digits, kind);
    if (!value || !is_float(kind)) return fail(token, "not a number of type " + to_string(type));
    return make(token, Literal{negative ? -*value : *value}, type);
  }
  const int base = hexadecimal ? 16 : 10;
  if (hexadecimal) digits.remove_prefix(2);
  const std::optional<std::uint64_t> value = read<std::uint64_t>(digits, base);
  if (!value || !is_integer(kind)) return fail(token, "not a number of type " + to_string(type));
  const unsigned width = bit_width(kind);
  const std::uint64_t mask = width >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
  const std::uint64_t half = std::uint64_t{1} << (width - 1);
  const std::uint64_t largest = negative ? half : is_signed(kind) && !hexadecimal ? half - 1 : mask;
  if (*value > largest || (negative && !is_signed(kind))) {
    return fail(token, "a number that " + to_string(type) + " cannot represent");
  }
  return make(token, Literal{negative ? (~*value + 1) & mask : *value}, type);
}

/// inf, nan, inf_f64, nan_f16(bits of the double)
Expr* Parser::parse_special_float(bool negative, TypePtr expected) {
  const Token& token = next();
  Scalar kind = Scalar::f32;
  const auto* hint = expected ? expected->as<ScalarType>() : nullptr;
  if (hint && is_float(hint->kind)) kind = hint->kind;
  if (token.text.size() > 3) {
    const std::optional<Scalar> named = find_scalar(token.text.substr(4));
    if (!named || !is_float(*named)) return fail(token, "expected a float type after the '_'");
    kind = *named;
  }
  double value = std::numeric_limits<double>::infinity();
  if (token.text.starts_with("nan")) {
    std::uint64_t bits = 0x7ff8000000000000;
    if (accept("(") && (!parse_integer(bits) || !expect(")"))) return nullptr;
    value = std::bit_cast<double>(bits);
    if (!std::isnan(value) || negative) return fail(token, "these are not the bits of a nan");
  }
  return make(token, Literal{negative ? -value : value}, module_.types.scalar(kind));
}

} // namespace ring::ir::text
