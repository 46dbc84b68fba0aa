#include "ir/transform/convert_by_halves.h"

#include "ir/analysis/value_range.h"
#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/name_operands.h"
#include "ir/walk.h"

#include <cstdint>

namespace ring::ir::transform {
namespace {

constexpr unsigned kHalf = 16;

bool may_round_twice(const Expr& expr) {
  const auto* convert = expr.as<Convert>();
  if (!convert || !expr.type->is_scalar(Scalar::f32)) return false;
  if (!convert->operand->type->is_scalar(Scalar::u32)) return false;
  const auto largest = analysis::max_of(*convert->operand, {});
  return !largest || *largest > INT32_MAX;
}

} // namespace

Status convert_by_halves(Module& module) {
  Builder builder(module);
  for (Function& function : module.functions) {
    name_operands(module, function.body, may_round_twice);
    for_each_expr(function.body, [&](Expr*& expr) {
      if (!may_round_twice(*expr)) return;
      Expr* whole = expr->as<Convert>()->operand;
      const TypePtr f32 = expr->type;
      builder.set_loc(expr->loc);
      Expr* upper = builder.binary(BinaryOp::shr, clone(module, whole), builder.u32(kHalf));
      Expr* lower = builder.binary(BinaryOp::bit_and, whole, builder.u32((1u << kHalf) - 1));
      expr = builder.add(
          builder.mul(builder.convert(f32, upper), builder.floating(f32, double{1u << kHalf})),
          builder.convert(f32, lower));
    });
  }
  return Success{};
}

} // namespace ring::ir::transform
