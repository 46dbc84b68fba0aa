#include "backends/common/c_literal.h"

#include "backends/common/c_types.h"
#include "ir/builder.h"
#include "ir/overloaded.h"
#include "ir/sign_extended.h"

#include <array>
#include <bit>
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

CText integer(std::uint64_t bits, Scalar kind, bool in_braces) {
  const unsigned width = bit_width(kind);
  const bool fits_int = bits <= 0x7fffffff;
  const std::string suffix = in_braces && (width < 64 || fits_int) ? "" : integer_suffix(kind);
  if (!is_signed(kind)) {
    const std::string digits = std::to_string(bits) + suffix;
    if (width >= 32 || in_braces) return {digits};
    return {std::string(c_name_of(kind)) + "(" + std::to_string(bits) + ")", Precedence::postfix};
  }
  const std::int64_t value = sign_extended(bits, kind);
  // There are no negative literals: -2147483648 would be the negation of a long.
  const bool is_lowest =
      width >= 32 && value == sign_extended(std::uint64_t{1} << (width - 1), kind);
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

/// Infinities and NaNs: the built-in is the one way that g++, nvcc and NVRTC all take in constants.
CText special(double value, Scalar kind) {
  std::array<char, 24> digits;
  const bool is_single = kind == Scalar::f32;
  const auto bits = is_single ? std::bit_cast<std::uint32_t>(static_cast<float>(value))
                              : std::bit_cast<std::uint64_t>(value);
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), bits, 16).ptr;
  return {(is_single ? "__builtin_bit_cast(float, 0x" : "__builtin_bit_cast(double, 0x") +
              std::string(digits.data(), end) + (is_single ? "u)" : "ull)"),
          Precedence::postfix};
}

CText floating(double value, Scalar kind) {
  if (!std::isfinite(value)) return special(value, kind);
  const Precedence precedence = std::signbit(value) ? Precedence::unary : Precedence::primary;
  if (kind == Scalar::f32) return {shortest(static_cast<float>(value)) + "f", precedence};
  return {shortest(value), precedence};
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
