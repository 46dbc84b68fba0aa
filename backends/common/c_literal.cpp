#include "backends/common/c_literal.h"

#include "backends/common/c_types.h"
#include "ir/builder.h"
#include "ir/overloaded.h"

#include <array>
#include <charconv>
#include <cmath>

namespace ring::backends {
namespace {

using namespace ir;

std::string integer_suffix(Scalar kind) {
  std::string suffix = is_signed(kind) ? "" : "u";
  if (bit_width(kind) == 64) suffix += "ll";
  return suffix;
}

std::int64_t sign_extend(std::uint64_t bits, unsigned width) {
  const unsigned unused = 64 - width;
  return static_cast<std::int64_t>(bits << unused) >> unused;
}

CText integer(std::uint64_t bits, Scalar kind, bool in_braces) {
  const unsigned width = bit_width(kind);
  const std::string suffix = in_braces && width < 64 ? "" : integer_suffix(kind);
  if (!is_signed(kind)) {
    const std::string digits = std::to_string(bits) + suffix;
    if (width >= 32 || in_braces) return {digits};
    return {std::string(c_name_of(kind)) + "(" + std::to_string(bits) + ")", Precedence::postfix};
  }
  const std::int64_t value = sign_extend(bits, width);
  // There are no negative literals: -2147483648 would be the negation of a long.
  const bool is_lowest =
      width >= 32 && value == sign_extend(std::uint64_t{1} << (width - 1), width);
  const std::string digits = is_lowest ? "(" + std::to_string(value + 1) + suffix + " - 1)"
                                       : std::to_string(value) + suffix;
  if (is_lowest) return {digits};
  if (width < 32 && !in_braces) {
    return {std::string(c_name_of(kind)) + "(" + digits + ")", Precedence::postfix};
  }
  return {digits, value < 0 ? Precedence::unary : Precedence::primary};
}

template <class T> std::string shortest(T value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  std::string digits(buffer.data(), end);
  if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
  return digits;
}

CText floating(double value, Scalar kind) {
  const bool is_single = kind == Scalar::f32;
  const std::string f = is_single ? "f" : "";
  const bool is_negative = std::signbit(value);
  const Precedence precedence = is_negative ? Precedence::unary : Precedence::primary;
  const std::string sign = is_negative ? "-" : "";
  if (std::isnan(value)) return {sign + "__builtin_nan" + f + "(\"\")", precedence};
  if (std::isinf(value)) return {sign + "__builtin_inf" + f + "()", precedence};
  return {is_single ? shortest(static_cast<float>(value)) + f : shortest(value), precedence};
}

} // namespace

CText c_literal(const Expr& expr, const Literal& literal, bool in_braces) {
  const Scalar kind = expr.type->as<ScalarType>()->kind;
  return match(
      literal.value, [](bool value) { return CText{value ? "true" : "false"}; },
      [&](std::uint64_t bits) { return integer(truncate_bits(bits, kind), kind, in_braces); },
      [&](double value) { return floating(value, kind); });
}

} // namespace ring::backends
