#include "ir/analysis/value_range.h"

#include <algorithm>
#include <bit>

namespace ring::ir::analysis {
namespace {

using Bound = std::optional<std::uint64_t>;

std::uint64_t type_max(Scalar kind) {
  const unsigned bits = bit_width(kind) - (is_signed(kind) ? 1 : 0);
  return bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
}

const ScalarType* integer_type(TypePtr type) {
  const auto* scalar = type->as<ScalarType>();
  return scalar && is_integer(scalar->kind) ? scalar : nullptr;
}

class Bounds {
public:
  explicit Bounds(const LocalRanges& locals) : locals_(locals) {}

  /// The bound, or nothing if the value may be anything that the type has.
  Bound of(const Expr& expr) const {
    if (expr.type->is_bool()) return 1;
    const auto* scalar = integer_type(expr.type);
    if (!scalar) return std::nullopt;
    const std::uint64_t limit = type_max(scalar->kind);
    const Bound bound = structural(expr);
    if (bound && *bound <= limit) return bound;
    // An unsigned value narrower than 64 bits is bounded by its type.
    if (!is_signed(scalar->kind) && bit_width(scalar->kind) < 64) return limit;
    return std::nullopt;
  }

private:
  Bound structural(const Expr& expr) const {
    if (const Bound bits = literal_bits(expr)) return bits;
    if (const Local* local = read_local(expr)) {
      return locals_.zero_extended.contains(local) ? Bound(kMaxU32) : std::nullopt;
    }
    if (expr.is<SpanSize>()) return kMaxU32;
    if (const auto* e = expr.as<Convert>())
      return e->operand->type->is_float() ? Bound() : of(*e->operand);
    if (const auto* e = expr.as<Bitcast>())
      return integer_type(e->operand->type) ? of(*e->operand) : Bound();
    if (const auto* e = expr.as<Select>()) return largest(of(*e->if_true), of(*e->if_false));
    if (const auto* e = expr.as<Binary>()) return binary(*e);
    if (const auto* e = expr.as<Intrinsic>()) return intrinsic(*e);
    return std::nullopt;
  }

  static Bound largest(Bound a, Bound b) { return a && b ? Bound(std::max(*a, *b)) : std::nullopt; }
  static Bound smallest(Bound a, Bound b) {
    if (!a || !b) return a ? a : b;
    return std::min(*a, *b);
  }

  Bound binary(const Binary& e) const {
    const Bound a = of(*e.lhs);
    const Bound b = of(*e.rhs);
    std::uint64_t result = 0;
    switch (e.op) {
    case BinaryOp::add:
      if (!a || !b || __builtin_add_overflow(*a, *b, &result)) return std::nullopt;
      return result;
    case BinaryOp::mul:
      if (!a || !b || __builtin_mul_overflow(*a, *b, &result)) return std::nullopt;
      return result;
    case BinaryOp::bit_and:
      return smallest(a, b);
    case BinaryOp::bit_or:
    case BinaryOp::bit_xor:
      if (!a || !b) return std::nullopt;
      return ~std::uint64_t{0} >> std::countl_zero(*a | *b | 1);
    case BinaryOp::div: {
      const Bound divisor = literal_bits(*e.rhs);
      return a && b ? Bound(*a / (divisor && *divisor ? *divisor : 1)) : std::nullopt;
    }
    case BinaryOp::rem:
      return a && b ? Bound(std::min(*a, *b == 0 ? 0 : *b - 1)) : std::nullopt;
    case BinaryOp::shr: {
      const Bound amount = literal_bits(*e.rhs);
      if (!a)
        return amount && *amount < 64 && !is_signed(integer_type(e.lhs->type)->kind)
                   ? Bound(~std::uint64_t{0} >> *amount)
                   : std::nullopt;
      return amount && *amount < 64 ? *a >> *amount : *a;
    }
    case BinaryOp::shl: {
      const Bound amount = literal_bits(*e.rhs);
      if (!a || !amount || *amount >= 64) return std::nullopt;
      return std::countl_zero(*a) >= static_cast<int>(*amount) ? Bound(*a << *amount)
                                                               : std::nullopt;
    }
    default:
      return std::nullopt;
    }
  }

  Bound intrinsic(const Intrinsic& e) const {
    using intrinsics::Id;
    switch (e.id) {
    case Id::min:
      return smallest_of(e);
    case Id::max:
      return largest(of(*e.operands[0]), of(*e.operands[1]));
    case Id::popcount:
    case Id::countl_zero:
    case Id::countr_zero:
    case Id::countl_one:
    case Id::countr_one:
      return 64;
    default:
      return std::nullopt;
    }
  }

  /// Of signed values a bound on one says nothing about the other, which may be negative.
  Bound smallest_of(const Intrinsic& e) const {
    const Bound a = of(*e.operands[0]);
    const Bound b = of(*e.operands[1]);
    const bool negative_possible = is_signed(integer_type(e.operands[0]->type)->kind);
    return negative_possible && (!a || !b) ? std::nullopt : smallest(a, b);
  }

  const LocalRanges& locals_;
};

} // namespace

std::optional<std::uint64_t> literal_bits(const Expr& expr) {
  const auto* literal = expr.as<Literal>();
  const auto* bits = literal ? std::get_if<std::uint64_t>(&literal->value) : nullptr;
  return bits ? Bound(*bits) : std::nullopt;
}

const Local* read_local(const Expr& expr) {
  const auto* load = expr.as<Load>();
  const auto* ref = (load ? *load->reference : expr).as<LocalRef>();
  if (!ref || (ref->local->kind == Local::Kind::var) != (load != nullptr)) return nullptr;
  return ref->local;
}

bool is_64_bit_integer(TypePtr type) {
  return type->is_scalar(Scalar::i64) || type->is_scalar(Scalar::u64);
}

std::optional<std::uint64_t> max_of(const Expr& expr, const LocalRanges& locals) {
  return Bounds(locals).of(expr);
}

bool is_zero_extended(const Expr& expr, const LocalRanges& locals) {
  const Bound bound = max_of(expr, locals);
  return bound && *bound <= kMaxU32;
}

bool is_sign_extended(const Expr& expr, const LocalRanges& locals) {
  const Bound bound = max_of(expr, locals);
  if (bound && *bound <= kMaxU32 / 2) return true;
  if (const Bound bits = literal_bits(expr)) {
    return static_cast<std::uint64_t>(
               static_cast<std::int64_t>(static_cast<std::int32_t>(*bits))) == *bits;
  }
  if (const Local* local = read_local(expr)) return locals.sign_extended.contains(local);
  if (const auto* e = expr.as<Convert>()) {
    const auto* from = integer_type(e->operand->type);
    if (!from) return false;
    if (bit_width(from->kind) == 64) return is_sign_extended(*e->operand, locals);
    return is_signed(from->kind);
  }
  if (const auto* e = expr.as<Select>()) {
    return is_sign_extended(*e->if_true, locals) && is_sign_extended(*e->if_false, locals);
  }
  return false;
}

} // namespace ring::ir::analysis
