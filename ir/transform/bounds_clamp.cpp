#include "ir/transform/bounds_clamp.h"

#include "ir/analysis/properties.h"
#include "ir/transform/bounds_checks.h"
#include "ir/walk.h"

#include <utility>

namespace ring::ir::transform {
namespace {

class Clamper {
public:
  Clamper(Module& module, const BoundsConfig& config, const Local* trusted)
      : builder_(module), config_(config), checks_(builder_, config) {
    checks_.trusted = trusted;
  }

  void run(Block& block) {
    const std::vector<Stmt*> statements = std::move(block.statements);
    block.statements.clear();
    for (Stmt* stmt : statements) {
      builder_.set_block(&block);
      builder_.set_loc(stmt->loc);
      rewrite(*stmt);
    }
  }

private:
  void rewrite(Stmt& stmt) {
    if (auto* branch = stmt.as<If>()) return rewrite_branch(stmt, *branch);
    if (auto* loop = stmt.as<Loop>()) return rewrite_loop(stmt, *loop);
    if (!rewrite_effect(stmt)) {
      for_each_root(stmt, [&](Expr*& root) { root = read(root); });
      builder_.append(&stmt);
      if (const auto* let = stmt.as<Let>()) checks_.facts.learn(*let);
    }
    for_each_block(stmt, [&](Block& inner) { run_inside(inner, checks_.facts); });
    checks_.facts.forget_changes(stmt);
  }

  void run_inside(Block& block, BoundsFacts facts) {
    const BoundsFacts outer = std::exchange(checks_.facts, std::move(facts));
    Block* outer_block = builder_.block();
    run(block);
    builder_.set_block(outer_block);
    checks_.facts = outer;
  }

  void rewrite_branch(Stmt& stmt, If& branch) {
    BoundsFacts if_true = checks_.facts;
    BoundsFacts if_false = checks_.facts;
    if_true.learn(*branch.condition, true);
    if_false.learn(*branch.condition, false);
    const bool then_leaves = analysis::ends_in_jump(branch.then_block);
    const bool else_leaves = analysis::ends_in_jump(branch.else_block);
    branch.condition = read(branch.condition);
    builder_.append(&stmt);
    run_inside(branch.then_block, if_true);
    run_inside(branch.else_block, if_false);
    if (then_leaves && !else_leaves) checks_.facts = if_false;
    if (else_leaves && !then_leaves) checks_.facts = if_true;
    checks_.facts.forget_changes(stmt);
  }

  void rewrite_loop(Stmt& stmt, Loop& loop) {
    checks_.facts.forget_changes(stmt); // what any turn may change
    BoundsFacts inside = checks_.facts;
    if (loop.condition) inside.learn(*loop.condition, true);
    if (loop.condition) loop.condition = read(loop.condition);
    if (loop.break_if) loop.break_if = read(loop.break_if);
    builder_.append(&stmt);
    run_inside(loop.body, inside);
    run_inside(loop.continuing, checks_.facts);
  }

  /// Stores and atomics: what is outside does not happen. True if the statement has been written.
  bool rewrite_effect(Stmt& stmt) {
    if (auto* store = stmt.as<Store>()) {
      store->value = read(store->value);
      read_indices(*store->reference);
      return guard(stmt, *store->reference, nullptr);
    }
    auto* let = stmt.as<Let>();
    auto* eval = stmt.as<Eval>();
    Expr* root = let ? let->init : eval ? eval->value : nullptr;
    auto* intrinsic = root ? root->as<Intrinsic>() : nullptr;
    if (!intrinsic || intrinsic->operands.empty() || !intrinsic->operands[0]->type->is<RefType>()) {
      return false;
    }
    read_indices(*intrinsic->operands[0]);
    for (std::size_t i = 1; i < intrinsic->operands.size(); ++i) {
      intrinsic->operands[i] = read(intrinsic->operands[i]);
    }
    return guard(stmt, *intrinsic->operands[0], let);
  }

  bool guard(Stmt& stmt, Expr& reference, Let* let) {
    const std::vector<BoundsCheck> checks = checks_.of(reference);
    if (checks.empty()) {
      builder_.append(&stmt);
      return true;
    }
    checks_.capture(checks);
    Local* result =
        let ? builder_.var(let->local->name, let->local->type, builder_.zero(let->local->type))
            : nullptr;
    If* inside = builder_.if_(checks_.are_inside(checks));
    Block* outer = builder_.block();
    builder_.set_block(&inside->then_block);
    if (let) {
      Local* value = builder_.let(let->local->name, let->init);
      builder_.store(builder_.ref(result), builder_.ref(value));
      builder_.set_block(outer);
      let->init = builder_.load(builder_.ref(result));
      builder_.append(&stmt);
    } else {
      builder_.append(&stmt);
      builder_.set_block(outer);
    }
    return true;
  }

  /// Clamps what an expression reads. At its root a reference is one that is being bound.
  Expr* read(Expr* expr) {
    if (auto* load = expr->as<Load>()) {
      read_indices(*load->reference);
      const std::vector<BoundsCheck> checks = checks_.of(*load->reference);
      Expr* is_empty = nullptr;
      for (const BoundsCheck& check : checks) {
        if (check.span && !config_.robust_loads) {
          Expr* size = checks_.whole_size(check);
          is_empty = builder_.binary(BinaryOp::eq, size, builder_.zero(size->type));
        }
        *check.index = checks_.clamped(check);
      }
      return is_empty ? builder_.select(is_empty, builder_.zero(expr->type), expr) : expr;
    }
    if (auto* address = expr->as<AddressOf>()) { // one past the end has an address too
      read_indices(*address->reference);
      return expr;
    }
    if (expr->type->is<RefType>() &&
        (expr->is<SpanElement>() || expr->is<Index>() || expr->is<Member>())) {
      read_indices(*expr);
      for (const BoundsCheck& check : checks_.of(*expr))
        *check.index = checks_.clamped(check);
      return expr;
    }
    if (auto* logical = expr->as<Logical>()) { // `i < x.size() && x[i] > 0`
      logical->lhs = read(logical->lhs);
      logical->rhs = read_after(*logical->lhs, logical->op == LogicalOp::logical_and, logical->rhs);
      return expr;
    }
    if (auto* select = expr->as<Select>()) {
      select->condition = read(select->condition);
      select->if_true = read_after(*select->condition, true, select->if_true);
      select->if_false = read_after(*select->condition, false, select->if_false);
      return expr;
    }
    for_each_operand(*expr, [&](Expr*& operand) { operand = read(operand); });
    return expr;
  }

  /// What is evaluated only when the condition came out as `truth`.
  Expr* read_after(const Expr& condition, bool truth, Expr* expr) {
    const BoundsFacts outer = checks_.facts;
    checks_.facts.learn(condition, truth);
    expr = read(expr);
    checks_.facts = outer;
    return expr;
  }

  /// What the indices of a reference read, and the spans in it.
  void read_indices(Expr& reference) {
    if (auto* member = reference.as<Member>()) return read_indices(*member->base);
    if (auto* index = reference.as<Index>()) {
      index->index = read(index->index);
      return read_indices(*index->base);
    }
    if (auto* element = reference.as<SpanElement>()) {
      element->index = read(element->index);
      element->span = read(element->span);
      return;
    }
    for_each_operand(reference, [&](Expr*& operand) { operand = read(operand); });
  }

  Builder builder_;
  const BoundsConfig& config_;
  BoundsChecks checks_;
};

} // namespace

void clamp_bounds(Module& module, Function& function, const BoundsConfig& config,
                  const Local* trusted) {
  Clamper(module, config, trusted).run(function.body);
}

} // namespace ring::ir::transform
