#include "ir/transform/observe_by_rmw.h"

#include "ir/builder.h"
#include "ir/walk.h"

namespace ring::ir::transform {
namespace {

bool watches_the_host(const Expr& expr) {
  const auto* intrinsic = expr.as<Intrinsic>();
  if (!intrinsic || intrinsic->id != intrinsics::Id::atomic_load) return false;
  const auto* ref = intrinsic->operands.front()->type->as<RefType>();
  return intrinsic->scope == MemoryScope::system && expr.type->is_integer() && ref &&
         ref->access == Access::read_write;
}

} // namespace

Status observe_by_rmw(Module& module) {
  Builder builder(module);
  for (Function& function : module.functions) {
    for_each_expr(function.body, [&](Expr*& expr) {
      if (!watches_the_host(*expr)) return;
      builder.set_loc(expr->loc);
      auto& intrinsic = *expr->as<Intrinsic>();
      intrinsic.id = intrinsics::Id::atomic_or;
      intrinsic.operands.push_back(builder.zero(expr->type));
    });
  }
  return Success{};
}

} // namespace ring::ir::transform
