#include "ir/transform/resolve_pointers.h"

#include "ir/transform/flatten.h"
#include "ir/transform/resolve_pointers_state.h"
#include "ir/walk.h"

namespace ring::ir::transform {
namespace pointers {

bool is_pointer_like(TypePtr type) {
  return type->is<RefType>() || type->is<PtrType>() || type->is<SpanType>();
}

bool is_fixed(const Expr& expr) {
  if (expr.is<Literal>()) return true;
  if (const auto* ref = expr.as<LocalRef>()) return ref->local->kind != Local::Kind::var;
  if (const auto* convert = expr.as<Convert>()) return is_fixed(*convert->operand);
  return false;
}

bool is_null(const Place& place) { return !place.is_choice() && place.target.is_null(); }

void PointerResolver::resolve(Block& block) {
  const std::vector<Stmt*> statements = std::move(block.statements);
  block.statements.clear();
  for (Stmt* stmt : statements) {
    builder_.set_block(&block);
    builder_.set_loc(stmt->loc);
    if (!resolve_statement(*stmt)) {
      for_each_root(*stmt, [&](Expr*& root) { root = value(root); });
      block.statements.push_back(stmt);
    }
    for_each_block(*stmt, [&](Block& inner) { resolve(inner); });
  }
}

bool PointerResolver::resolve_statement(Stmt& stmt) {
  if (const auto* let = stmt.as<Let>()) {
    if (is_pointer_like(let->init->type)) {
      bound_[let->local] = captured(pointer(let->init), let->local->name);
      return true;
    }
    return resolve_effect(stmt, *let->init, let->local);
  }
  if (const auto* var = stmt.as<Var>(); var && is_pointer_like(var->local->type)) {
    if (var->init && shapes_.is_fixed(var->local)) {
      bound_[var->local] = captured(pointer(var->init), var->local->name);
      return true;
    }
    declare(*var->local, var->init);
    return true;
  }
  if (const auto* eval = stmt.as<Eval>()) {
    return is_pointer_like(eval->value->type) || resolve_effect(stmt, *eval->value, nullptr);
  }
  auto* store = stmt.as<Store>();
  if (!store) return false;
  if (is_pointer_like(store->value->type)) {
    assign(pointer(store->reference).place, pointer(store->value));
    return true;
  }
  const Place place = pointer(store->reference).place;
  Expr* stored = value(store->value);
  if (place.is_choice() && !is_fixed(*stored))
    stored = builder_.ref(builder_.let("stored", stored));
  for_each_target(place, [&](const Target& target) {
    builder_.store(places_.reference(target), places_.copy(stored));
  });
  return true;
}

bool PointerResolver::resolve_effect(Stmt& stmt, Expr& root, Local* result) {
  auto* intrinsic = root.as<Intrinsic>();
  if (!intrinsic || intrinsic->operands.empty() || !intrinsic->operands[0]->type->is<RefType>()) {
    return false;
  }
  const Place place = pointer(intrinsic->operands[0]).place;
  for (std::size_t i = 1; i < intrinsic->operands.size(); ++i) {
    Expr*& operand = intrinsic->operands[i];
    operand = value(operand);
    const bool repeats = place.is_choice() && !is_pointer_like(operand->type);
    if (repeats && !is_fixed(*operand)) operand = builder_.ref(builder_.let("operand", operand));
  }
  const auto on = [&](const Target& target) {
    std::vector<Expr*> operands{places_.reference(target)};
    for (std::size_t i = 1; i < intrinsic->operands.size(); ++i) {
      operands.push_back(places_.copy(intrinsic->operands[i]));
    }
    return builder_.intrinsic(root.type, intrinsic->id, std::move(operands), intrinsic->order,
                              intrinsic->scope);
  };
  if (!place.is_choice()) {
    if (place.target.is_null()) return true; // reported, or never reached
    Expr* made = on(place.target);
    if (result)
      stmt.node = Let{result, made};
    else
      stmt.node = Eval{made};
    builder_.append(&stmt);
    return true;
  }
  if (!result) {
    for_each_target(place, [&](const Target& target) { builder_.eval(on(target)); });
    return true;
  }
  Local* chosen = builder_.var(result->name, result->type);
  for_each_target(place, [&](const Target& target) {
    Local* old = builder_.let("old", on(target));
    builder_.store(builder_.ref(chosen), builder_.ref(old));
  });
  stmt.node = Let{result, builder_.load(builder_.ref(chosen))};
  builder_.append(&stmt);
  return true;
}

void PointerResolver::for_each_target(const Place& place,
                                      const std::function<void(const Target&)>& write) {
  if (!place.is_choice()) {
    if (!place.target.is_null()) write(place.target);
    return;
  }
  const bool first_is_null = is_null(place.arms[0]);
  if (first_is_null && is_null(place.arms[1])) return;
  Expr* condition = places_.copy(place.condition);
  Block* outer = builder_.block();
  If* branch = builder_.if_(first_is_null ? negate(module_, condition) : condition);
  builder_.set_block(&branch->then_block);
  for_each_target(place.arms[first_is_null ? 1 : 0], write);
  builder_.set_block(&branch->else_block);
  if (!first_is_null) for_each_target(place.arms[1], write);
  builder_.set_block(outer);
}

} // namespace pointers

Status resolve_pointers(Module& module) {
  Diagnostics problems;
  for (Function& function : module.functions) {
    const Status status = pointers::PointerResolver(module, function).run();
    if (status) continue;
    problems.insert(problems.end(), status.diagnostics().begin(), status.diagnostics().end());
  }
  if (!problems.empty()) return problems;
  return Success{};
}

} // namespace ring::ir::transform
