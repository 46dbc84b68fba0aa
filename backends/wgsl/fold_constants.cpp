#include "backends/wgsl/fold_constants.h"

#include "ir/builder.h"
#include "ir/walk.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace ring::backends::wgsl {
namespace {

using namespace ir;
using Value = std::variant<bool, std::uint64_t, double>;

constexpr std::uint32_t kWordBits = 32;

std::uint32_t word(const Value& value) {
  return static_cast<std::uint32_t>(std::get<std::uint64_t>(value));
}
std::int32_t signed_word(const Value& value) { return static_cast<std::int32_t>(word(value)); }
float single(const Value& value) { return static_cast<float>(std::get<double>(value)); }
Value of(std::uint32_t bits) { return std::uint64_t{bits}; }

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

std::optional<Value> fold_float(BinaryOp op, float a, float b) {
  const auto result = [](float value) { return Value{static_cast<double>(value)}; };
  switch (op) {
  case BinaryOp::add:
    return result(a + b);
  case BinaryOp::sub:
    return result(a - b);
  case BinaryOp::mul:
    return result(a * b);
  case BinaryOp::div:
    return result(a / b);
  default:
    return compare(op, a, b);
  }
}

std::optional<Value> divide(BinaryOp op, const Value& lhs, const Value& rhs, bool is_signed) {
  const std::uint32_t b = word(rhs);
  if (b == 0) return std::nullopt;
  const bool is_div = op == BinaryOp::div;
  if (!is_signed) return of(is_div ? word(lhs) / b : word(lhs) % b);
  const std::int64_t a = signed_word(lhs);
  const std::int64_t divisor = signed_word(rhs);
  return of(static_cast<std::uint32_t>(is_div ? a / divisor : a % divisor));
}

std::optional<Value> fold_integer(BinaryOp op, const Value& lhs, const Value& rhs, bool is_signed) {
  const std::uint32_t a = word(lhs);
  const std::uint32_t b = word(rhs);
  switch (op) {
  case BinaryOp::add:
    return of(a + b);
  case BinaryOp::sub:
    return of(a - b);
  case BinaryOp::mul:
    return of(a * b);
  case BinaryOp::div:
  case BinaryOp::rem:
    return divide(op, lhs, rhs, is_signed);
  case BinaryOp::bit_and:
    return of(a & b);
  case BinaryOp::bit_or:
    return of(a | b);
  case BinaryOp::bit_xor:
    return of(a ^ b);
  case BinaryOp::shl:
    return of(a << (b % kWordBits));
  case BinaryOp::shr:
    if (is_signed) return of(static_cast<std::uint32_t>(signed_word(lhs) >> (b % kWordBits)));
    return of(a >> (b % kWordBits));
  default:
    return is_signed ? compare(op, signed_word(lhs), signed_word(rhs)) : compare(op, a, b);
  }
}

std::optional<Value> fold_binary(const Binary& node) {
  const auto* lhs = node.lhs->as<Literal>();
  const auto* rhs = node.rhs->as<Literal>();
  if (!lhs || !rhs) return std::nullopt;
  const Scalar kind = node.lhs->type->as<ScalarType>()->kind;
  if (kind == Scalar::f32) return fold_float(node.op, single(lhs->value), single(rhs->value));
  if (kind == Scalar::i32 || kind == Scalar::u32) {
    return fold_integer(node.op, lhs->value, rhs->value, is_signed(kind));
  }
  return std::nullopt;
}

std::optional<Value> fold_unary(const Unary& node) {
  const auto* operand = node.operand->as<Literal>();
  if (!operand) return std::nullopt;
  const Scalar kind = node.operand->type->as<ScalarType>()->kind;
  if (kind == Scalar::boolean) return !std::get<bool>(operand->value);
  if (kind == Scalar::f32) return -std::get<double>(operand->value);
  if (kind != Scalar::i32 && kind != Scalar::u32) return std::nullopt;
  const std::uint32_t bits = word(operand->value);
  return of(node.op == UnaryOp::negate ? 0u - bits : ~bits);
}

std::optional<Value> to_integer(double value, bool is_signed) {
  const double truncated = std::trunc(value);
  const double low = is_signed ? -0x1p31 : 0.0;
  const double high = is_signed ? 0x1p31 : 0x1p32;
  if (!(truncated >= low && truncated < high)) return std::nullopt;
  return of(static_cast<std::uint32_t>(static_cast<std::int64_t>(truncated)));
}

std::optional<Value> fold_convert(const Convert& node, TypePtr type) {
  const auto* operand = node.operand->as<Literal>();
  const auto* to = type->as<ScalarType>();
  if (!operand || !to) return std::nullopt;
  const Scalar from = node.operand->type->as<ScalarType>()->kind;
  double number = 0.0;
  if (const bool* truth = std::get_if<bool>(&operand->value)) {
    number = *truth ? 1.0 : 0.0;
  } else if (const double* value = std::get_if<double>(&operand->value)) {
    number = *value;
  } else if (from == Scalar::i32) {
    number = signed_word(operand->value);
  } else if (from == Scalar::u32) {
    number = word(operand->value);
  } else {
    return std::nullopt;
  }
  switch (to->kind) {
  case Scalar::boolean:
    return number != 0.0;
  case Scalar::f32:
    return static_cast<double>(static_cast<float>(number));
  case Scalar::i32:
  case Scalar::u32:
    if (from == Scalar::i32 || from == Scalar::u32) return operand->value;
    return to_integer(number, to->kind == Scalar::i32);
  default:
    return std::nullopt;
  }
}

std::optional<Value> fold_bitcast(const Bitcast& node, TypePtr type) {
  const auto* operand = node.operand->as<Literal>();
  if (!operand || size_of(type) != 4 || !type->is<ScalarType>()) return std::nullopt;
  const bool from_float = node.operand->type->is_scalar(Scalar::f32);
  const std::uint32_t bits =
      from_float ? std::bit_cast<std::uint32_t>(single(operand->value)) : word(operand->value);
  if (!type->is_float()) return of(bits);
  const float value = std::bit_cast<float>(bits);
  if (std::isnan(value)) return std::nullopt; // the payload might not survive a double
  return static_cast<double>(value);
}

std::optional<Value> folded(const Expr& expr) {
  if (const auto* node = expr.as<Binary>()) return fold_binary(*node);
  if (const auto* node = expr.as<Unary>()) return fold_unary(*node);
  if (const auto* node = expr.as<Convert>()) return fold_convert(*node, expr.type);
  if (const auto* node = expr.as<Bitcast>()) return fold_bitcast(*node, expr.type);
  return std::nullopt;
}

} // namespace

Status fold_constants(Module& module) {
  const auto fold = [](Expr*& expr) {
    if (const std::optional<Value> value = folded(*expr)) expr->node = Literal{*value};
  };
  for (Function& function : module.functions) for_each_expr(function.body, fold);
  for (Global& global : module.globals) {
    if (global.initializer) for_each_expr(global.initializer, fold);
  }
  return Success{};
}

} // namespace ring::backends::wgsl
