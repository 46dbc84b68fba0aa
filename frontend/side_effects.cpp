#include "frontend/side_effects.h"

#include "ir/walk.h"

namespace ring::frontend {
namespace {

/// True if the object that a reference leads to is a var of this very function.
bool is_own_object(const ir::Expr* reference) {
  for (;;) {
    if (const auto* local = reference->as<ir::LocalRef>()) {
      return local->local->kind == ir::Local::Kind::var;
    }
    if (const auto* index = reference->as<ir::Index>()) {
      reference = index->base;
    } else if (const auto* member = reference->as<ir::Member>()) {
      reference = member->base;
    } else {
      return false;
    }
  }
}

} // namespace

bool has_side_effects(ir::Function& function) {
  bool found = false;
  ir::for_each_stmt(function.body, [&](ir::Stmt& stmt) {
    if (const auto* store = stmt.as<ir::Store>()) found |= !is_own_object(store->reference);
  });
  ir::for_each_expr(function.body, [&](ir::Expr*& expr) {
    if (const auto* call = expr->as<ir::Call>()) found |= call->callee->has_side_effects;
    if (const auto* intrinsic = expr->as<ir::Intrinsic>()) {
      found |= intrinsics::find(intrinsic->id).effect != intrinsics::Effect::pure;
    }
  });
  return found;
}

} // namespace ring::frontend
