#include "ir/transform/expand_remainder.h"

#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/name_operands.h"
#include "ir/walk.h"

namespace ring::ir::transform {
namespace {

bool is_signed_remainder(const Expr& expr) {
  const auto* binary = expr.as<Binary>();
  if (!binary || binary->op != BinaryOp::rem) return false;
  const auto* vector = expr.type->as<VectorType>();
  const auto* scalar = (vector ? vector->element : expr.type)->as<ScalarType>();
  return scalar && is_signed(scalar->kind);
}

} // namespace

Status expand_remainder(Module& module) {
  Builder builder(module);
  for (Function& function : module.functions) {
    name_operands(module, function.body, is_signed_remainder);
    for_each_expr(function.body, [&](Expr*& expr) {
      if (!is_signed_remainder(*expr)) return;
      const auto [op, lhs, rhs] = *expr->as<Binary>();
      builder.set_loc(expr->loc);
      Expr* quotient = builder.binary(BinaryOp::div, clone(module, lhs), clone(module, rhs));
      expr = builder.sub(lhs, builder.mul(quotient, rhs));
    });
  }
  return Success{};
}

} // namespace ring::ir::transform
