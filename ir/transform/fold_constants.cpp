#include "ir/transform/fold_constants.h"

#include "ir/builder.h"
#include "ir/sign_extended.h"
#include "ir/walk.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace ring::ir::transform {
namespace {

using Value = std::variant<bool, std::uint64_t, double>;

Value integer(std::uint64_t bits, Scalar kind) { return truncate_bits(bits, kind); }

template <class T> std::optional<Value> compare(BinaryOp op, T a, T b) {
  switch (op) {
  case BinaryOp::eq:
    return a == b;
  case BinaryOp::ne:
    return a != b;
  case BinaryOp::lt:
    return a < b;
  case BinaryOp::le:
    return a <= b;
  case BinaryOp::gt:
    return a > b;
  case BinaryOp::ge:
    return a >= b;
  default:
    return std::nullopt;
  }
}

/// T is the type to compute in: one rounding for each operation.
template <class T> std::optional<Value> fold_float(BinaryOp op, T a, T b) {
  switch (op) {
  case BinaryOp::add:
    return static_cast<double>(a + b);
  case BinaryOp::sub:
    return static_cast<double>(a - b);
  case BinaryOp::mul:
    return static_cast<double>(a * b);
  case BinaryOp::div:
    return static_cast<double>(a / b);
  default:
    return compare(op, a, b);
  }
}

std::optional<Value> divide(BinaryOp op, std::uint64_t lhs, std::uint64_t rhs, Scalar kind) {
  if (rhs == 0) return std::nullopt;
  const bool is_div = op == BinaryOp::div;
  if (!is_signed(kind)) return integer(is_div ? lhs / rhs : lhs % rhs, kind);
  const std::int64_t a = sign_extended(lhs, kind);
  const std::int64_t b = sign_extended(rhs, kind);
  if (a == std::numeric_limits<std::int64_t>::min() && b == -1) return std::nullopt;
  return integer(static_cast<std::uint64_t>(is_div ? a / b : a % b), kind);
}

std::optional<Value> fold_integer(BinaryOp op, std::uint64_t a, std::uint64_t b, Scalar kind) {
  const std::uint64_t amount = b % bit_width(kind);
  switch (op) {
  case BinaryOp::add:
    return integer(a + b, kind);
  case BinaryOp::sub:
    return integer(a - b, kind);
  case BinaryOp::mul:
    return integer(a * b, kind);
  case BinaryOp::div:
  case BinaryOp::rem:
    return divide(op, a, b, kind);
  case BinaryOp::bit_and:
    return integer(a & b, kind);
  case BinaryOp::bit_or:
    return integer(a | b, kind);
  case BinaryOp::bit_xor:
    return integer(a ^ b, kind);
  case BinaryOp::shl:
    return integer(a << amount, kind);
  case BinaryOp::shr:
    if (!is_signed(kind)) return integer(a >> amount, kind);
    return integer(static_cast<std::uint64_t>(sign_extended(a, kind) >> amount), kind);
  default:
    return is_signed(kind) ? compare(op, sign_extended(a, kind), sign_extended(b, kind))
                           : compare(op, a, b);
  }
}

std::optional<Value> fold_binary(const Binary& node) {
  const auto* lhs = node.lhs->as<Literal>();
  const auto* rhs = node.rhs->as<Literal>();
  if (!lhs || !rhs) return std::nullopt;
  const Scalar kind = node.lhs->type->as<ScalarType>()->kind;
  if (is_integer(kind)) {
    return fold_integer(node.op, std::get<std::uint64_t>(lhs->value),
                        std::get<std::uint64_t>(rhs->value), kind);
  }
  if (kind != Scalar::f32 && kind != Scalar::f64) return std::nullopt;
  const double a = std::get<double>(lhs->value);
  const double b = std::get<double>(rhs->value);
  if (kind == Scalar::f64) return fold_float(node.op, a, b);
  return fold_float(node.op, static_cast<float>(a), static_cast<float>(b));
}

std::optional<Value> fold_unary(const Unary& node) {
  const auto* operand = node.operand->as<Literal>();
  if (!operand) return std::nullopt;
  const Scalar kind = node.operand->type->as<ScalarType>()->kind;
  if (kind == Scalar::boolean) return !std::get<bool>(operand->value);
  if (is_float(kind)) return -std::get<double>(operand->value);
  const std::uint64_t bits = std::get<std::uint64_t>(operand->value);
  return integer(node.op == UnaryOp::negate ? 0u - bits : ~bits, kind);
}

std::optional<Value> float_to(double value, Scalar to) {
  if (to == Scalar::f64) return value;
  if (to == Scalar::f32) return static_cast<double>(static_cast<float>(value));
  if (to == Scalar::boolean) return value != 0.0;
  if (!is_integer(to)) return std::nullopt;
  const int bits = static_cast<int>(bit_width(to));
  const double truncated = std::trunc(value);
  const double low = is_signed(to) ? -std::ldexp(1.0, bits - 1) : 0.0;
  const double high = std::ldexp(1.0, is_signed(to) ? bits - 1 : bits);
  if (!(truncated >= low && truncated < high)) return std::nullopt;
  return is_signed(to)
             ? integer(static_cast<std::uint64_t>(static_cast<std::int64_t>(truncated)), to)
             : integer(static_cast<std::uint64_t>(truncated), to);
}

std::optional<Value> integer_to(std::uint64_t bits, Scalar from, Scalar to) {
  const auto number = static_cast<std::int64_t>(is_signed(from) ? sign_extended(bits, from) : 0);
  if (to == Scalar::boolean) return bits != 0;
  if (to == Scalar::f32) {
    const float value = is_signed(from) ? static_cast<float>(number) : static_cast<float>(bits);
    return static_cast<double>(value);
  }
  if (to == Scalar::f64) {
    return is_signed(from) ? static_cast<double>(number) : static_cast<double>(bits);
  }
  if (!is_integer(to)) return std::nullopt;
  return integer(is_signed(from) ? static_cast<std::uint64_t>(number) : bits, to);
}

std::optional<Value> fold_convert(const Convert& node, TypePtr type) {
  const auto* operand = node.operand->as<Literal>();
  const auto* to = type->as<ScalarType>();
  if (!operand || !to) return std::nullopt;
  const Scalar from = node.operand->type->as<ScalarType>()->kind;
  if (const double* value = std::get_if<double>(&operand->value)) {
    // From the 16-bit floats all values are exact in a double, too.
    return float_to(*value, to->kind);
  }
  if (const bool* truth = std::get_if<bool>(&operand->value)) {
    return integer_to(*truth ? 1 : 0, Scalar::u32, to->kind);
  }
  return integer_to(std::get<std::uint64_t>(operand->value), from, to->kind);
}

std::optional<Value> fold_bitcast(const Bitcast& node, TypePtr type) {
  const auto* operand = node.operand->as<Literal>();
  const auto* to = type->as<ScalarType>();
  if (!operand || !to || bit_width(to->kind) < 32) return std::nullopt;
  const bool is_wide = bit_width(to->kind) == 64;
  std::uint64_t bits = 0;
  if (const double* value = std::get_if<double>(&operand->value)) {
    bits = is_wide ? std::bit_cast<std::uint64_t>(*value)
                   : std::bit_cast<std::uint32_t>(static_cast<float>(*value));
  } else {
    bits = std::get<std::uint64_t>(operand->value);
  }
  if (!is_float(to->kind)) return bits;
  const double value = is_wide ? std::bit_cast<double>(bits)
                               : std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  if (std::isnan(value)) return std::nullopt; // its payload might not survive a double
  return value;
}

std::optional<Value> folded(const Expr& expr) {
  if (const auto* node = expr.as<Binary>()) return fold_binary(*node);
  if (const auto* node = expr.as<Unary>()) return fold_unary(*node);
  if (const auto* node = expr.as<Convert>()) return fold_convert(*node, expr.type);
  if (const auto* node = expr.as<Bitcast>()) return fold_bitcast(*node, expr.type);
  return std::nullopt;
}

} // namespace

void fold_constant(Expr& expr) {
  if (const std::optional<Value> value = folded(expr)) expr.node = Literal{*value};
}

Status fold_constants(Module& module) {
  const auto fold = [](Expr*& expr) { fold_constant(*expr); };
  for (Function& function : module.functions)
    for_each_expr(function.body, fold);
  for (Global& global : module.globals) {
    if (global.initializer) for_each_expr(global.initializer, fold);
  }
  return Success{};
}

} // namespace ring::ir::transform
