#include "ir/transform/split_barriers_structure.h"

#include "ir/overloaded.h"
#include "ir/walk.h"

#include <algorithm>
#include <unordered_map>

namespace ring::ir::transform::split {
namespace {

using intrinsics::Category;
using intrinsics::Id;

bool is_sync(const Intrinsic& intrinsic, Level level) {
  const Category category = intrinsics::find(intrinsic.id).category;
  if (level == Level::block) return intrinsic.id == Id::barrier;
  return category == Category::warp || intrinsic.id == Id::warp_barrier;
}

template <class Test> bool any_stmt(const Stmt& stmt, const Test& test) {
  if (test(stmt)) return true;
  bool found = false;
  for_each_block(const_cast<Stmt&>(stmt), [&](Block& block) {
    for (const Stmt* inner : block.statements)
      found = found || any_stmt(*inner, test);
  });
  return found;
}

/// Calls visit(list, statement) for the statements that are in no loop over threads.
template <class Visit>
void for_each_outside(const Block& block, Level level, Place place, const Visit& visit) {
  const List list(block, level, place);
  for (std::size_t i = 0; i < block.statements.size(); ++i) {
    Stmt& stmt = *block.statements[i];
    visit(stmt);
    if (!list.is_outside(i)) continue;
    for_each_block(
        stmt, [&](Block& inner) { for_each_outside(inner, level, list.place_inside(i), visit); });
  }
}

/// How often each local is mentioned, and the vars whose address is used for more than plain loads
/// and the stores in `good_stores`.
struct Uses {
  std::unordered_map<const Local*, std::size_t> count;
  std::unordered_set<const Local*> by_address;

  void add(const Block& block, const std::unordered_set<const Stmt*>& good_stores) {
    for_each_stmt(const_cast<Block&>(block), [&](Stmt& stmt) {
      const auto* store = stmt.as<Store>();
      const auto* target = store ? store->reference->as<LocalRef>() : nullptr;
      if (target) {
        ++count[target->local];
        if (!good_stores.contains(&stmt)) by_address.insert(target->local);
        add(*store->value);
        return;
      }
      for_each_root(stmt, [&](Expr*& root) { add(*root); });
    });
  }

  void add(const Expr& expr) {
    if (const auto* ref = expr.as<LocalRef>()) {
      ++count[ref->local];
      if (ref->local->kind == Local::Kind::var) by_address.insert(ref->local);
      return;
    }
    const auto* load = expr.as<Load>();
    const auto* loaded = load ? load->reference->as<LocalRef>() : nullptr;
    if (loaded && loaded->local->kind == Local::Kind::var) {
      ++count[loaded->local];
      return;
    }
    for_each_operand(const_cast<Expr&>(expr), [&](Expr*& operand) { add(*operand); });
  }
};

/// The value that a statement gives to a local, if it is one that may be uniform.
struct Definition {
  const Local* local = nullptr;
  const Expr* value = nullptr; // null: undefined
};

Definition definition_in(const Stmt& stmt) {
  if (const auto* let = stmt.as<Let>()) return {let->local, let->init};
  if (const auto* var = stmt.as<Var>()) return {var->local, var->init};
  if (const auto* store = stmt.as<Store>()) {
    const auto* target = store->reference->as<LocalRef>();
    if (target && target->local->kind == Local::Kind::var) return {target->local, store->value};
  }
  return {};
}

/// Warp operations whose result is the same for all lanes, whatever they are given.
bool gives_all_the_same(Id id) {
  return id == Id::ballot || id == Id::all || id == Id::any ||
         intrinsics::find(id).name.starts_with("reduce_");
}

bool may_be_scalar(TypePtr type) {
  return type->is<ScalarType>() || type->is<SpanType>() || type->is<PtrType>();
}

} // namespace

Escapes escapes(const Block& block) {
  Escapes all;
  for (const Stmt* stmt : block.statements) {
    const Escapes one = escapes(*stmt);
    all.by_break |= one.by_break;
    all.by_continue |= one.by_continue;
  }
  return all;
}

Escapes escapes(const Stmt& stmt) {
  return match(
      stmt.node, [](const Break&) { return Escapes{true, false}; },
      [](const Continue&) { return Escapes{false, true}; },
      [](const If& s) {
        const Escapes a = escapes(s.then_block);
        const Escapes b = escapes(s.else_block);
        return Escapes{a.by_break || b.by_break, a.by_continue || b.by_continue};
      },
      [](const Switch& s) {
        Escapes all;
        for (const Switch::Case& c : s.cases)
          all.by_continue |= escapes(c.body).by_continue;
        return all;
      },
      [](const auto&) { return Escapes{}; });
}

const Intrinsic* sync_of(const Stmt& stmt, Level level) {
  const auto* let = stmt.as<Let>();
  const auto* eval = stmt.as<Eval>();
  const Expr* root = let ? let->init : eval ? eval->value : nullptr;
  const auto* intrinsic = root ? root->as<Intrinsic>() : nullptr;
  return intrinsic && is_sync(*intrinsic, level) ? intrinsic : nullptr;
}

bool contains_sync(const Stmt& stmt, Level level) {
  return any_stmt(stmt, [&](const Stmt& s) { return sync_of(s, level) != nullptr; });
}

bool contains_sync(const Block& block, Level level) {
  return std::any_of(block.statements.begin(), block.statements.end(),
                     [&](const Stmt* stmt) { return contains_sync(*stmt, level); });
}

bool contains_return(const Stmt& stmt) {
  return any_stmt(stmt, [](const Stmt& s) { return s.is<Return>(); });
}

bool List::sync_after(std::size_t position) const {
  for (std::size_t i = position + 1; i < block_.statements.size(); ++i) {
    if (contains_sync(*block_.statements[i], level_)) return true;
  }
  return place_.sync_follows;
}

bool List::outside_after(std::size_t position) const {
  for (std::size_t i = position + 1; i < block_.statements.size(); ++i) {
    if (is_outside(i)) return true;
  }
  return false;
}

bool List::is_outside(std::size_t position) const {
  const Stmt& stmt = *block_.statements[position];
  if (contains_sync(stmt, level_)) return true;
  // All threads return, or the sync after it would not be reached by all. (In a warp it would be
  // reached by those that are left, so there a thread returns by itself.)
  if (level_ == Level::block && contains_return(stmt) && sync_after(position)) return true;
  const Escapes jumps = escapes(stmt);
  if (jumps.by_break) return true;
  // Where nothing but the rest of this turn is skipped, threads may differ.
  return jumps.by_continue && !(place_.ends_turn && !outside_after(position));
}

Place List::place_inside(std::size_t position) const {
  const Stmt& stmt = *block_.statements[position];
  if (stmt.is<Loop>()) return {sync_after(position) || contains_sync(stmt, level_), true};
  const bool is_last = position + 1 == block_.statements.size();
  return {sync_after(position), place_.ends_turn && is_last};
}

bool is_uniform(const Expr& expr, Level level, const std::unordered_set<const Local*>& uniform) {
  const auto all_operands = [&] {
    bool all = true;
    for_each_operand(const_cast<Expr&>(expr),
                     [&](Expr*& operand) { all = all && is_uniform(*operand, level, uniform); });
    return all;
  };
  return match(
      expr.node,
      [&](const LocalRef& e) {
        return e.local->kind == Local::Kind::param || uniform.contains(e.local);
      },
      [&](const Load& e) {
        const auto* ref = e.reference->as<LocalRef>();
        return ref && ref->local->kind == Local::Kind::var && uniform.contains(ref->local);
      },
      [](const GlobalRef&) { return false; }, [](const Call&) { return false; },
      [&](const Intrinsic& e) {
        if (e.id == Id::warp_id) return level == Level::warp;
        if (level == Level::warp && gives_all_the_same(e.id)) return true;
        const bool differs = e.id == Id::thread_id || e.id == Id::global_id || e.id == Id::lane_id;
        const bool is_pure = intrinsics::find(e.id).effect == intrinsics::Effect::pure;
        return is_pure && !differs && all_operands();
      },
      [&](const auto&) { return all_operands(); });
}

void add_uniform_locals(const Function& kernel, const Block& root, Level level,
                        std::unordered_set<const Local*>& uniform) {
  std::vector<Definition> definitions;
  std::unordered_set<const Local*> candidates;
  std::unordered_set<const Stmt*> outside_stores;
  for_each_outside(root, level, {}, [&](const Stmt& stmt) {
    const Definition definition = definition_in(stmt);
    if (!definition.local || !may_be_scalar(definition.local->type)) return;
    definitions.push_back(definition);
    if (stmt.is<Store>()) {
      outside_stores.insert(&stmt);
    } else {
      candidates.insert(definition.local);
    }
  });
  Uses everywhere;
  everywhere.add(kernel.body, outside_stores);
  Uses here;
  here.add(root, outside_stores);
  std::erase_if(candidates, [&](const Local* local) {
    return everywhere.by_address.contains(local) || here.count[local] != everywhere.count[local];
  });

  // Assume that all are, and drop those that turn out not to be until none does.
  std::unordered_set<const Local*> assumed = uniform;
  assumed.insert(candidates.begin(), candidates.end());
  for (bool changed = true; changed;) {
    changed = false;
    for (const Definition& definition : definitions) {
      if (!assumed.contains(definition.local) || !candidates.contains(definition.local)) continue;
      if (definition.value && !is_uniform(*definition.value, level, assumed)) {
        assumed.erase(definition.local);
        changed = true;
      }
    }
  }
  uniform = std::move(assumed);
}

} // namespace ring::ir::transform::split
