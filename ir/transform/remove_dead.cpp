#include "ir/transform/remove_dead.h"

#include "ir/analysis/properties.h"
#include "ir/transform/erase.h"
#include "ir/walk.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace ring::ir::transform {
namespace {

/// The local at the end of a chain of fields and elements: of `v.x[3]` it is v.
const Local* root_of(const Expr& reference) {
  if (const auto* ref = reference.as<LocalRef>()) return ref->local;
  if (const auto* member = reference.as<Member>()) return root_of(*member->base);
  if (const auto* index = reference.as<Index>()) return root_of(*index->base);
  return nullptr;
}

const Local* stored_var(const Stmt& stmt) {
  const auto* store = stmt.as<Store>();
  const Local* root = store ? root_of(*store->reference) : nullptr;
  return root && root->kind == Local::Kind::var ? root : nullptr;
}

class DeadCode {
public:
  explicit DeadCode(Function& function) : function_(function) {}

  void run() {
    cut_unreachable(function_.body);
    do {
      changed_ = false;
      read_.clear();
      for_each_stmt(function_.body, [&](Stmt& stmt) { note_reads(stmt); });
      sweep(function_.body);
    } while (changed_);
    auto& statements = function_.body.statements;
    if (!statements.empty()) {
      const auto* last = statements.back()->as<Return>();
      if (last && !last->value) statements.pop_back();
    }
  }

private:
  static void cut_unreachable(Block& block) {
    auto& statements = block.statements;
    for (std::size_t i = 0; i < statements.size(); ++i) {
      Stmt& stmt = *statements[i];
      for_each_block(stmt, [](Block& inner) { cut_unreachable(inner); });
      if (stmt.is<Break>() || stmt.is<Continue>() || stmt.is<Return>()) statements.resize(i + 1);
    }
  }

  void note_reads(Stmt& stmt) {
    const auto note = [&](Expr*& root) {
      for_each_expr(root, [&](Expr*& expr) {
        if (const auto* ref = expr->as<LocalRef>()) read_.insert(ref->local);
      });
    };
    const Local* target = stored_var(stmt);
    if (!target) return for_each_root(stmt, note);
    auto& store = *stmt.as<Store>();
    note(store.value);
    // Of the reference only the indices are read.
    Expr* reference = store.reference;
    while (!reference->is<LocalRef>()) {
      if (auto* index = reference->as<Index>()) note(index->index);
      for_each_operand(*reference, [first = true, &reference](Expr*& operand) mutable {
        if (std::exchange(first, false)) reference = operand;
      });
    }
  }

  void sweep(Block& block) {
    std::vector<Stmt*> kept;
    for (Stmt* stmt : block.statements) {
      for_each_block(*stmt, [&](Block& inner) { sweep(inner); });
      if (is_dead(*stmt))
        changed_ = true;
      else
        kept.push_back(stmt);
    }
    block.statements = std::move(kept);
  }

  bool is_dead(Stmt& stmt) {
    if (const auto* let = stmt.as<Let>()) {
      if (read_.contains(let->local)) return false;
      if (!analysis::has_effect(*let->init)) return true;
      stmt.node = Eval{let->init};
      return false;
    }
    if (const auto* var = stmt.as<Var>()) return !read_.contains(var->local);
    if (const auto* eval = stmt.as<Eval>()) return !analysis::has_effect(*eval->value);
    if (const auto* branch = stmt.as<If>()) {
      return branch->then_block.empty() && branch->else_block.empty();
    }
    if (const auto* choice = stmt.as<Switch>()) {
      return std::all_of(choice->cases.begin(), choice->cases.end(),
                         [](const Switch::Case& c) { return c.body.empty(); });
    }
    const Local* target = stored_var(stmt);
    return target && !read_.contains(target);
  }

  Function& function_;
  std::unordered_set<const Local*> read_;
  bool changed_ = false;
};

class Reachable {
public:
  void visit(Function& function) {
    if (!functions.insert(&function).second) return;
    if (function.kernel) {
      globals.insert(function.kernel->bindings.begin(), function.kernel->bindings.end());
      if (const RingKernel* ring = function.ring()) {
        for (const RingKernel::Argument& argument : ring->arguments)
          globals.insert(argument.bound); // null for a value or a route
      }
    }
    for_each_expr(function.body, [&](Expr*& expr) {
      if (const auto* call = expr->as<Call>()) visit(*call->callee);
      if (const auto* ref = expr->as<GlobalRef>()) globals.insert(ref->global);
    });
  }

  std::unordered_set<const Function*> functions;
  std::unordered_set<const Global*> globals;
};

} // namespace

Status remove_dead(Module& module) {
  for (Function& function : module.functions)
    DeadCode(function).run();
  const bool is_library =
      std::none_of(module.functions.begin(), module.functions.end(),
                   [](const Function& function) { return function.kernel.has_value(); });
  Reachable reachable;
  for (Function& function : module.functions) {
    if (is_library || function.kernel) reachable.visit(function);
  }
  erase_functions(module, [&](const Function& f) { return !reachable.functions.contains(&f); });
  erase_globals(module, [&](const Global& g) { return !reachable.globals.contains(&g); });
  if (!is_library) erase_unused_structs(module);
  return Success{};
}

} // namespace ring::ir::transform
