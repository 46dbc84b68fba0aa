#include "ir/transform/view_uses.h"

#include "ir/analysis/properties.h"
#include "ir/clone.h"
#include "ir/walk.h"

#include <unordered_map>

namespace ring::ir::transform {
namespace {

using Locals = std::unordered_set<const Local*>;

const Local* root_local(const Expr& expr) {
  if (const auto* ref = expr.as<LocalRef>()) return ref->local;
  if (const auto* member = expr.as<Member>()) return root_local(*member->base);
  return nullptr;
}

void drop(Block& block, const std::unordered_map<const Local*, const Expr*>& aliases) {
  std::erase_if(block.statements, [&](Stmt* stmt) {
    const auto* let = stmt->as<Let>();
    const auto* var = stmt->as<Var>();
    return (let && aliases.contains(let->local)) || (var && aliases.contains(var->local));
  });
  for (Stmt* stmt : block.statements) {
    for_each_block(*stmt, [&](Block& inner) { drop(inner, aliases); });
  }
}

void note_changes_below(Expr& reference, Locals& changed);

void note_changes(Expr& expr, Locals& changed) {
  if (const auto* load = expr.as<Load>()) return note_changes_below(*load->reference, changed);
  if (const auto* ref = expr.as<LocalRef>()) changed.insert(ref->local);
  for_each_operand(expr, [&](Expr*& operand) { note_changes(*operand, changed); });
}

/// Of a reference that is only read through.
void note_changes_below(Expr& reference, Locals& changed) {
  if (reference.is<LocalRef>()) return;
  if (const auto* member = reference.as<Member>())
    return note_changes_below(*member->base, changed);
  if (const auto* index = reference.as<Index>()) {
    note_changes(*index->index, changed);
    return note_changes_below(*index->base, changed);
  }
  note_changes(reference, changed);
}

} // namespace

bool is_pointer_to_view(TypePtr type) {
  return (type->is<RefType>() || type->is<PtrType>()) && analysis::is_view(type->pointee_or_self());
}

void follow_view_references(Module& module, Function& function) {
  std::unordered_set<const Local*> assigned;
  for_each_stmt(function.body, [&](Stmt& stmt) {
    const auto* store = stmt.as<Store>();
    if (store) assigned.insert(root_local(*store->reference));
  });
  std::unordered_map<const Local*, const Expr*> aliases;
  for_each_stmt(function.body, [&](Stmt& stmt) {
    for_each_root(stmt, [&](Expr*& root) {
      for_each_expr(root, [&](Expr*& expr) {
        const auto* load = expr->as<Load>();
        const auto* ref = (load ? *load->reference : *expr).as<LocalRef>();
        if (!ref || (ref->local->kind == Local::Kind::var) != (load != nullptr)) return;
        const auto found = aliases.find(ref->local);
        if (found != aliases.end()) expr = clone(module, found->second);
      });
    });
    const auto* let = stmt.as<Let>();
    const auto* var = stmt.as<Var>();
    const Local* local = let ? let->local : var ? var->local : nullptr;
    const Expr* init = let ? let->init : var ? var->init : nullptr;
    if (local && init && is_pointer_to_view(local->type) && !assigned.contains(local) &&
        analysis::is_stable(*init)) {
      aliases[local] = init;
    }
  });
  if (aliases.empty()) return;
  retype(function.body, module);
  drop(function.body, aliases);
}

std::unordered_set<const Local*> changed_locals(Function& function) {
  Locals changed;
  for_each_stmt(function.body, [&](Stmt& stmt) {
    for_each_root(stmt, [&](Expr*& root) { note_changes(*root, changed); });
    const auto* var = stmt.as<Var>();
    if (var && !var->init) changed.insert(var->local);
  });
  return changed;
}

} // namespace ring::ir::transform
