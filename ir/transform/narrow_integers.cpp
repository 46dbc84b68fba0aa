#include "ir/transform/narrow_integers.h"

#include "ir/analysis/value_range.h"
#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/narrow_locals.h"
#include "ir/walk.h"

#include <algorithm>

namespace ring::ir::transform {
namespace {

using analysis::is_64_bit_integer;
using analysis::literal_bits;
using analysis::read_local;

/// Worth writing twice: a name, a field of the params block.
bool is_simple(const Expr& expr) {
  if (expr.is<Literal>() || expr.is<LocalRef>() || expr.is<GlobalRef>()) return true;
  if (const auto* e = expr.as<Load>()) return is_simple(*e->reference);
  if (const auto* e = expr.as<Member>()) return is_simple(*e->base);
  if (const auto* e = expr.as<Convert>()) return is_simple(*e->operand);
  return false;
}

class Narrower {
public:
  Narrower(Module& module, Function& function)
      : builder_(module), function_(function), locals_(find_narrow_locals(function)) {}

  void run() {
    const TypePtr u32 = builder_.types().u32();
    for_each_stmt(function_.body, [&](Stmt& stmt) {
      builder_.set_loc(stmt.loc);
      rewrite(stmt);
    });
    // The types last: until now they said which expressions had 64 bits.
    for_each_stmt(function_.body, [&](Stmt& stmt) {
      const auto* let = stmt.as<Let>();
      const auto* var = stmt.as<Var>();
      Local* local = let ? let->local : var ? var->local : nullptr;
      if (!local || !locals_.contains(local)) return;
      local->type = is_signed_local(local) ? builder_.types().i32() : u32;
      for (Expr* use : uses_[local]) {
        use->type = use->is<Load>() ? local->type : builder_.ref(local)->type;
        if (auto* load = use->as<Load>()) load->reference->type = builder_.ref(local)->type;
      }
    });
  }

private:
  bool is_signed_local(const Local* local) const {
    return locals_.ranges.sign_extended.contains(local);
  }
  bool fits(const Expr& expr) const { return analysis::is_zero_extended(expr, locals_.ranges); }
  bool sign_fits(const Expr& expr) const {
    return analysis::is_sign_extended(expr, locals_.ranges);
  }

  void rewrite(Stmt& stmt) {
    auto* let = stmt.as<Let>();
    auto* var = stmt.as<Var>();
    auto* store = stmt.as<Store>();
    const auto* target = store ? store->reference->as<LocalRef>() : nullptr;
    const Local* local = let ? let->local : var ? var->local : target ? target->local : nullptr;
    if (local && locals_.contains(local)) {
      Expr*& value = let ? let->init : var ? var->init : store->value;
      if (value) value = is_signed_local(local) ? as_i32(value) : low(value);
      if (target) uses_[local].push_back(store->reference);
      return;
    }
    if (auto* choice = stmt.as<Switch>()) return rewrite_switch(*choice);
    for_each_root(stmt, [&](Expr*& root) { root = wide(root); });
  }

  void rewrite_switch(Switch& choice) {
    bool narrows = is_64_bit_integer(choice.selector->type) && fits(*choice.selector);
    for (const Switch::Case& c : choice.cases) {
      for (const Literal& value : c.values)
        narrows = narrows && bits_of(value) <= analysis::kMaxU32;
    }
    choice.selector = narrows ? low(choice.selector) : wide(choice.selector);
  }

  /// The same value with the same type.
  Expr* wide(Expr* expr) {
    if (const Local* local = read_local(*expr); local && locals_.contains(local)) {
      const TypePtr type = expr->type;
      return builder_.convert(type, narrow_read(local, expr));
    }
    if (auto* binary = expr->as<Binary>()) {
      if (is_comparison(binary->op) && is_64_bit_integer(binary->lhs->type)) {
        return compared(expr, *binary);
      }
      const bool is_shift = binary->op == BinaryOp::shl || binary->op == BinaryOp::shr;
      if (is_shift && is_64_bit_integer(binary->rhs->type) && !narrows(*expr)) {
        binary->lhs = wide(binary->lhs);
        binary->rhs = low(binary->rhs);
        return expr;
      }
    }
    if (auto* convert = expr->as<Convert>(); convert && is_64_bit_integer(convert->operand->type)) {
      return converted(expr, *convert);
    }
    if (narrows(*expr)) {
      const TypePtr type = expr->type;
      return builder_.convert(type, low(expr));
    }
    if (auto* index = expr->as<Index>()) {
      index->base = wide(index->base);
      index->index = as_index(index->index);
      return expr;
    }
    if (auto* element = expr->as<SpanElement>()) {
      element->span = wide(element->span);
      element->index = as_index(element->index);
      return expr;
    }
    for_each_operand(*expr, [&](Expr*& operand) { operand = wide(operand); });
    return expr;
  }

  /// An operation on 64 bits whose result fits into 32 and can be computed there.
  bool narrows(const Expr& expr) const {
    return is_64_bit_integer(expr.type) && !expr.is<Convert>() && fits(expr) &&
           works_in_halves(expr, locals_.ranges);
  }

  Expr* narrow_read(const Local* local, Expr* expr) {
    uses_[local].push_back(expr);
    expr->type = is_signed_local(local) ? builder_.types().i32() : builder_.types().u32();
    return expr;
  }

  Expr* as_index(Expr* index) {
    if (!is_64_bit_integer(index->type)) return wide(index);
    if (const auto* convert = index->as<Convert>()) { // a signed index stays as it is
      if (convert->operand->type->is_scalar(Scalar::i32)) return wide(convert->operand);
    }
    return low(index);
  }

  Expr* converted(Expr* expr, Convert& convert) {
    const bool to_integer = expr->type->is_integer();
    if (to_integer && !is_64_bit_integer(expr->type)) return to_narrow(expr->type, convert.operand);
    if (fits(*convert.operand)) return builder_.convert(expr->type, low(convert.operand));
    // A negative value that is taken for unsigned is no i32 any more, but to 64 bits.
    const bool keeps_sign = to_integer || convert.operand->type->is_scalar(Scalar::i64);
    if (keeps_sign && sign_fits(*convert.operand)) {
      return builder_.convert(expr->type, as_i32(convert.operand));
    }
    convert.operand = wide(convert.operand);
    return expr;
  }

  /// A conversion of 64 bits to fewer.
  Expr* to_narrow(TypePtr type, Expr* operand) {
    if (type->is_scalar(Scalar::i32)) return as_i32(operand);
    return builder_.convert(type, low(operand));
  }

  Expr* compared(Expr* expr, Binary& binary) {
    Expr*& a = binary.lhs;
    Expr*& b = binary.rhs;
    const bool is_equality = binary.op == BinaryOp::eq || binary.op == BinaryOp::ne;
    const bool is_signed = a->type->is_scalar(Scalar::i64);
    if (fits(*a) && fits(*b)) {
      a = low(a);
      b = low(b);
      return expr;
    }
    if (sign_fits(*a) && sign_fits(*b)) {
      // Sign extension keeps the order of both signed and unsigned values.
      const bool as_signed = is_signed || is_equality;
      a = as_signed ? as_i32(a) : low(a);
      b = as_signed ? as_i32(b) : low(b);
      return expr;
    }
    if (sign_fits(*b) && fits(*a)) {
      std::swap(a, b);
      binary.op = mirrored(binary.op);
    }
    if (sign_fits(*a) && fits(*b) && is_simple(*a)) return compared_mixed(expr, binary, is_signed);
    a = wide(a);
    b = wide(b);
    return expr;
  }

  /// An i32 against a u32 in 64 bits: a negative one is less than the other as a signed value,
  /// greater as an unsigned one.
  Expr* compared_mixed(Expr* expr, Binary& binary, bool is_signed) {
    Expr* value = as_i32(binary.lhs);
    Expr* again = copy(value);
    const bool is_less = binary.op == BinaryOp::lt || binary.op == BinaryOp::le;
    const bool is_greater = binary.op == BinaryOp::gt || binary.op == BinaryOp::ge;
    const bool if_negative = binary.op == BinaryOp::ne || (is_signed ? is_less : is_greater);
    Expr* zero = builder_.zero(value->type);
    Expr* sign = builder_.binary(if_negative ? BinaryOp::lt : BinaryOp::ge, again, zero);
    binary.lhs = builder_.convert(builder_.types().u32(), value);
    binary.rhs = low(binary.rhs);
    return builder_.logical(if_negative ? LogicalOp::logical_or : LogicalOp::logical_and, sign,
                            expr);
  }

  Expr* copy(Expr* expr) {
    Expr* made = clone(builder_.module(), expr);
    // Reads of narrowed locals are told of their type at the end.
    for_each_expr(made, [&](Expr*& node) {
      if (const Local* local = read_local(*node); local && locals_.contains(local)) {
        uses_[local].push_back(node);
      }
    });
    return made;
  }

  /// The lower half of a 64-bit value, a u32. (A narrower value is converted.)
  Expr* low(Expr* expr) {
    const TypePtr u32 = builder_.types().u32();
    if (!is_64_bit_integer(expr->type)) return builder_.convert(u32, wide(expr));
    if (const auto bits = literal_bits(*expr)) return builder_.integer(u32, *bits);
    if (const Local* local = read_local(*expr); local && locals_.contains(local)) {
      return builder_.convert(u32, narrow_read(local, expr));
    }
    if (!works_in_halves(*expr, locals_.ranges)) return builder_.convert(u32, wide(expr));
    if (const auto* convert = expr->as<Convert>()) return low(convert->operand);
    if (const auto* cast = expr->as<Bitcast>()) return low(cast->operand);
    if (auto* select = expr->as<Select>()) {
      select->condition = wide(select->condition);
      select->if_true = low(select->if_true);
      select->if_false = low(select->if_false);
    } else if (auto* binary = expr->as<Binary>()) {
      const bool is_shift = binary->op == BinaryOp::shl || binary->op == BinaryOp::shr;
      binary->lhs = low(binary->lhs);
      binary->rhs =
          is_shift && !is_64_bit_integer(binary->rhs->type) ? wide(binary->rhs) : low(binary->rhs);
    } else {
      for_each_operand(*expr, [&](Expr*& operand) { operand = low(operand); });
    }
    expr->type = u32;
    return expr;
  }

  /// The lower half as an i32.
  Expr* as_i32(Expr* expr) {
    const TypePtr i32 = builder_.types().i32();
    if (const auto bits = literal_bits(*expr)) return builder_.integer(i32, *bits);
    if (const Local* local = read_local(*expr); local && locals_.contains(local)) {
      return builder_.convert(i32, narrow_read(local, expr));
    }
    if (!is_64_bit_integer(expr->type)) return builder_.convert(i32, wide(expr));
    if (auto* convert = expr->as<Convert>()) {
      const TypePtr from = convert->operand->type;
      if (from->is_integer()) return as_i32(convert->operand);
    }
    if (auto* select = expr->as<Select>(); select && sign_fits(*expr)) {
      select->condition = wide(select->condition);
      select->if_true = as_i32(select->if_true);
      select->if_false = as_i32(select->if_false);
      expr->type = i32;
      return expr;
    }
    return builder_.convert(i32, low(expr));
  }

  Builder builder_;
  Function& function_;
  const NarrowLocals locals_;
  std::unordered_map<const Local*, std::vector<Expr*>> uses_;
};

} // namespace

Status narrow_integers(Module& module) {
  for (Function& function : module.functions)
    Narrower(module, function).run();
  return Success{};
}

} // namespace ring::ir::transform
