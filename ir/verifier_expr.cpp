#include "ir/analysis/properties.h"
#include "ir/intrinsic_names.h"
#include "ir/printer.h"
#include "ir/type_rules.h"
#include "ir/verifier_state.h"
#include "ir/walk.h"

namespace ring::ir::checks {

bool Verifier::check_root(Expr* root, const Place& place, Effects effects) {
  return check_expr(root, place, effects);
}

/// Operands first: the rules of a node speak about operands that are sound.
bool Verifier::check_expr(Expr* expr, const Place& around, Effects effects) {
  if (!expr) {
    reporter_.problem(around, "an expression that is null");
    return false;
  }
  const Place place{around.function, expr->loc.valid() ? expr->loc : around.loc};
  if (!seen_exprs_.insert(expr).second) {
    reporter_.problem(place, "an expression that has two parents");
    return false;
  }
  bool good = true;
  for_each_operand(*expr, [&](Expr*& operand) {
    good = check_expr(operand, place, Effects::forbidden) && good;
  });
  if (!good || !check_leaf(*expr, place)) return false;
  const Typing typing = type_of(*expr, module_.types);
  if (!typing.type) {
    reporter_.problem(place, typing.problem);
    return false;
  }
  if (expr->type != typing.type) {
    reporter_.problem(place, "an expression of type '" + to_string(typing.type) + "' that says '" +
                                 print(expr->type) + "'");
    return false;
  }
  const std::string& problem = types_.problem_of(expr->type);
  if (!problem.empty()) {
    reporter_.problem(place, problem);
    return false;
  }
  needs_.use_expr(*expr, place);
  return check_effects(*expr, place, effects);
}

/// What an expression names must be there.
bool Verifier::check_leaf(const Expr& expr, const Place& place) {
  if (const auto* ref = expr.as<LocalRef>()) {
    if (!ref->local || !visible_.contains(ref->local)) {
      const std::string name = ref->local ? "'" + ref->local->name + "'" : "a null local";
      reporter_.problem(place, name + " is not declared here");
      return false;
    }
    return !broken_.contains(ref->local);
  }
  if (const auto* ref = expr.as<GlobalRef>()) return check_global_ref(*ref, place);
  if (const auto* call = expr.as<Call>()) {
    if (!call->callee || !positions_.contains(call->callee)) {
      reporter_.problem(place, "a call of a function that does not come before its caller");
      return false;
    }
    if (call->callee->kernel) {
      reporter_.problem(place, "a call of the kernel '" + call->callee->name + "'");
      return false;
    }
    for (const Local* param : call->callee->params) {
      if (!param || broken_.contains(param)) return false; // reported with the function
    }
    return call->callee->result != nullptr;
  }
  return true;
}

/// A kernel's own code uses the buffers that it is bound to and no others.
bool Verifier::check_global_ref(const GlobalRef& ref, const Place& place) {
  if (!globals_.contains(ref.global) || !ref.global->type) {
    reporter_.problem(place, "a global that the module does not have");
    return false;
  }
  const AddressSpace space = ref.global->space;
  const bool buffer = space == AddressSpace::storage || space == AddressSpace::params;
  if (!buffer || !function_ || !function_->kernel || bound_.contains(ref.global)) return true;
  reporter_.problem(place, "'" + ref.global->name + "' is not bound");
  return false;
}

bool Verifier::check_effects(const Expr& expr, const Place& place, Effects effects) {
  if (!analysis::has_effect(expr)) return true;
  writes_outside_ = true;
  if (effects == Effects::forbidden) {
    const auto* call = expr.as<Call>();
    const std::string_view name =
        call ? std::string_view(call->callee->name) : name_of(expr.as<Intrinsic>()->id);
    reporter_.problem(place, "'" + std::string(name) +
                                 "' has effects, so it stands alone in a let or an eval");
    return false;
  }
  const auto* intrinsic = expr.as<Intrinsic>();
  return !intrinsic || check_memory(*intrinsic, place);
}

/// What an intrinsic writes must be writable; an atomic makes sense only where others can see it.
bool Verifier::check_memory(const Intrinsic& intrinsic, const Place& place) {
  using intrinsics::Effect;
  const intrinsics::Row& row = intrinsics::find(intrinsic.id);
  const std::string name = "'" + std::string(row.name) + "'";
  const bool writes = row.effect == Effect::writes || row.effect == Effect::reads_writes;
  for (const Expr* operand : intrinsic.operands) {
    AddressSpace space = AddressSpace::generic;
    Access access = Access::read_write;
    if (const auto* ref = operand->type->as<RefType>()) {
      space = ref->space;
      access = ref->access;
    } else if (const auto* ptr = operand->type->as<PtrType>()) {
      space = ptr->space;
      access = ptr->access;
    } else {
      continue;
    }
    const bool atomic = row.category == intrinsics::Category::atomic;
    if (atomic && operand == intrinsic.operands[0] && space == AddressSpace::function) {
      reporter_.report(DiagnosticId::atomic_on_local, place,
                       name + " on a variable that no other thread can see");
      return false;
    }
    const bool writable = access == Access::read_write && space != AddressSpace::constant &&
                          space != AddressSpace::params;
    const bool shared = space == AddressSpace::workgroup || space == AddressSpace::generic;
    if (intrinsic.id == intrinsics::Id::uniform_load && !shared) {
      reporter_.problem(place, name + " of what is not shared by the block");
      return false;
    }
    if (writes && !writable) {
      reporter_.problem(place, name + " on what may only be read");
      return false;
    }
  }
  return true;
}

} // namespace ring::ir::checks
