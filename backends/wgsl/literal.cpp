#include "backends/wgsl/literal.h"

#include "ir/overloaded.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace ring::backends::wgsl {
namespace {

using namespace ir;

CText integer(std::uint64_t bits, Scalar kind) {
  if (kind != Scalar::i32) return {std::to_string(static_cast<std::uint32_t>(bits)) + "u"};
  const auto value = static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
  // -2147483648i would be the negation of a literal that is too large.
  if (value == INT32_MIN) return {"i32(" + std::to_string(value) + ")", Precedence::postfix};
  return {std::to_string(value) + "i", value < 0 ? Precedence::unary : Precedence::primary};
}

template <class T> std::string digits_of(T value) {
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
  return {buffer.data(), end};
}

/// In the fewest digits that read back as the same bits. Those of the largest float are rounded up,
/// past the range, which WGSL refuses: it gets the digits of a double.
CText floating(double value, Scalar kind) {
  std::string digits = digits_of(static_cast<float>(value));
  if (std::abs(std::strtod(digits.c_str(), nullptr)) > std::numeric_limits<float>::max()) {
    digits = digits_of(value);
  }
  if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
  const Precedence precedence = std::signbit(value) ? Precedence::unary : Precedence::primary;
  return {digits + (kind == Scalar::f16 ? "h" : "f"), precedence};
}

} // namespace

CText literal(TypePtr type, const Literal& literal) {
  const Scalar kind = type->as<ScalarType>()->kind;
  return match(
      literal.value, [](bool value) { return CText{value ? "true" : "false"}; },
      [&](std::uint64_t bits) { return integer(bits, kind); },
      [&](double value) { return floating(value, kind); });
}

bool is_special(TypePtr type, const Literal& literal) {
  if (!type->is_float()) return false;
  return !std::isfinite(static_cast<float>(std::get<double>(literal.value)));
}

std::uint32_t special_bits(const Literal& literal) {
  return std::bit_cast<std::uint32_t>(static_cast<float>(std::get<double>(literal.value)));
}

} // namespace ring::backends::wgsl
