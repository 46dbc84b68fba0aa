#include "ir/transform/emulate_narrow.h"

#include "ir/builder.h"
#include "ir/sign_extended.h"
#include "ir/transform/emulate_types.h"
#include "ir/walk.h"

namespace ring::ir::transform {
namespace {

constexpr unsigned kWordBits = 32;

class NarrowEmulation {
public:
  NarrowEmulation(Module& module, const CapabilitySet& capabilities)
      : module_(module), capabilities_(capabilities), builder_(module) {}

  bool is_emulated(Scalar kind) const {
    if (!is_integer(kind)) return false;
    if (bit_width(kind) == 8) return !capabilities_.has(Capability::int8);
    return bit_width(kind) == 16 && !capabilities_.has(Capability::int16);
  }
  bool is_emulated(TypePtr type) const {
    const auto* scalar = type->as<ScalarType>();
    return scalar && is_emulated(scalar->kind);
  }

  TypePtr replacement(Scalar kind) {
    if (!is_emulated(kind)) return nullptr;
    return is_signed(kind) ? module_.types.i32() : module_.types.u32();
  }

  /// Case values are bits of the selector's type: those of signed ones get their sign extended.
  void widen_switches() {
    for (Function& function : module_.functions) {
      for_each_stmt(function.body, [&](Stmt& stmt) {
        auto* statement = stmt.as<Switch>();
        if (!statement || !is_emulated(statement->selector->type)) return;
        const Scalar kind = scalar_kind(statement->selector->type);
        for (Switch::Case& c : statement->cases) {
          for (Literal& value : c.values)
            value.value = widened_bits(bits_of(value), kind);
        }
      });
    }
  }

  Expr* rewrite(const RetypedExpr& retyped) {
    Expr* expr = retyped.expr;
    builder_.set_loc(expr->loc);
    if (expr->is<Convert>()) return rewrite_convert(retyped);
    if (!is_emulated(retyped.before)) return expr;
    const Scalar kind = scalar_kind(retyped.before);
    if (auto* literal = expr->as<Literal>()) {
      literal->value = widened_bits(std::get<std::uint64_t>(literal->value), kind);
      return expr;
    }
    if (auto* bitcast = expr->as<Bitcast>()) {
      return wrap(builder_.convert(expr->type, bitcast->operand), kind);
    }
    if (auto* unary = expr->as<Unary>()) {
      const bool stays = unary->op == UnaryOp::bit_not && is_signed(kind);
      return stays ? expr : wrap(expr, kind);
    }
    if (auto* binary = expr->as<Binary>()) {
      return can_leave_range(binary->op, kind) ? wrap(expr, kind) : expr;
    }
    return expr;
  }

private:
  static std::uint64_t widened_bits(std::uint64_t bits, Scalar kind) {
    if (!is_signed(kind)) return bits;
    return truncate_bits(static_cast<std::uint64_t>(sign_extended(bits, kind)), Scalar::i32);
  }

  /// Whether the operation on two values of the range can give one outside.
  static bool can_leave_range(BinaryOp op, Scalar kind) {
    switch (op) {
    case BinaryOp::add:
    case BinaryOp::sub:
    case BinaryOp::mul:
    case BinaryOp::shl:
      return true;
    case BinaryOp::div: // -128 / -1
      return is_signed(kind);
    default: // the bit operations keep zero- and sign-extension, the others only shrink
      return false;
    }
  }

  static bool fits(Scalar from, Scalar into) {
    if (is_signed(from) == is_signed(into)) return bit_width(from) <= bit_width(into);
    return is_signed(into) && bit_width(from) < bit_width(into);
  }

  /// Whether the bits above the width of an unsigned type are zero without a mask.
  static bool is_masked(const Expr* expr, unsigned width) {
    const auto* binary = expr->as<Binary>();
    const auto* literal = binary ? binary->rhs->as<Literal>() : nullptr;
    if (!literal || !expr->type->is_scalar(Scalar::u32)) return false;
    const std::uint64_t amount = std::get<std::uint64_t>(literal->value);
    if (binary->op == BinaryOp::bit_and) return amount < (std::uint64_t{1} << width);
    return binary->op == BinaryOp::shr && amount >= kWordBits - width;
  }

  /// Brings a u32 or i32 back into the range of the narrow type.
  Expr* wrap(Expr* expr, Scalar kind) {
    const unsigned width = bit_width(kind);
    if (is_signed(kind)) {
      Expr* top = builder_.binary(BinaryOp::shl, expr, builder_.u32(kWordBits - width));
      return builder_.binary(BinaryOp::shr, top, builder_.u32(kWordBits - width));
    }
    if (is_masked(expr, width)) return expr;
    const std::uint32_t mask = (1u << width) - 1;
    return builder_.binary(BinaryOp::bit_and, expr, builder_.u32(mask));
  }

  Expr* rewrite_convert(const RetypedExpr& retyped) {
    Expr* expr = retyped.expr;
    Expr* converted = builder_.convert(expr->type, expr->as<Convert>()->operand);
    if (!is_emulated(retyped.before)) return converted;
    const TypePtr from = retyped.operands_before[0];
    const Scalar kind = scalar_kind(retyped.before);
    // The conversion of a float that is out of range is undefined, so nothing is left to wrap.
    if (!from->is_integer() || fits(scalar_kind(from), kind)) return converted;
    return wrap(converted, kind);
  }

  Module& module_;
  CapabilitySet capabilities_;
  Builder builder_;
};

} // namespace

Status emulate_narrow(Module& module, const EmulateNarrowConfig& config) {
  NarrowEmulation emulation(module, config.capabilities);
  emulation.widen_switches();
  TypeReplacer replacer(module.types, [&](Scalar kind) { return emulation.replacement(kind); });
  replace_types(module, replacer,
                [&](const RetypedExpr& retyped) { return emulation.rewrite(retyped); });
  return Success{};
}

} // namespace ring::ir::transform
