#include "ir/transform/flatten.h"

#include "ir/builder.h"
#include "ir/walk.h"

#include <optional>

namespace ring::ir::transform {
namespace {

class Flattener {
public:
  Flattener(Module& module, const FlattenConfig& config) : builder_(module), config_(config) {}

  void run(Block& block) {
    Block result;
    for (Stmt* stmt : block.statements) {
      Block* outer = builder_.block();
      builder_.set_block(&result);
      builder_.set_loc(stmt->loc);
      if (auto* loop = stmt->as<Loop>())
        prepare_loop(*loop);
      else
        flatten_roots(*stmt);
      result.statements.push_back(stmt);
      builder_.set_block(outer);
      for_each_block(*stmt, [&](Block& inner) { run(inner); });
    }
    block = std::move(result);
  }

private:
  bool needs_statements(const Expr& expr) const {
    if (config_.hoist(expr) || config_.expand(expr)) return true;
    bool found = false;
    for_each_operand(const_cast<Expr&>(expr),
                     [&](Expr*& operand) { found = found || needs_statements(*operand); });
    return found;
  }

  void flatten_roots(Stmt& stmt) {
    const bool may_keep_root = stmt.is<Let>() || stmt.is<Eval>();
    for_each_root(stmt, [&](Expr*& root) {
      if (may_keep_root && config_.hoist(*root)) {
        for_each_operand(*root, [&](Expr*& operand) { operand = flattened(operand); });
      } else {
        root = flattened(root);
      }
    });
  }

  // A loop evaluates its conditions again in each turn, so what they need goes into its blocks.
  void prepare_loop(Loop& loop) {
    if (loop.condition && needs_statements(*loop.condition)) {
      Block head;
      Block* outer = builder_.block();
      builder_.set_block(&head);
      If* leave = builder_.if_(negate(builder_.module(), loop.condition));
      loop.condition = nullptr;
      builder_.set_block(&leave->then_block);
      builder_.break_();
      builder_.set_block(outer);
      head.statements.insert(head.statements.end(), loop.body.statements.begin(),
                             loop.body.statements.end());
      loop.body = std::move(head);
    }
    if (loop.break_if && needs_statements(*loop.break_if)) {
      Local* done = builder_.var("done", builder_.types().boolean());
      Stmt* store =
          builder_.module().stmt(Store{builder_.ref(done), loop.break_if}, builder_.loc());
      loop.continuing.statements.push_back(store);
      loop.break_if = builder_.load(builder_.ref(done));
    }
  }

  Expr* flattened(Expr* expr) {
    if (!needs_statements(*expr)) return expr;
    if (auto* logical = expr->as<Logical>()) {
      if (config_.expand(*expr) || needs_statements(*logical->rhs)) return expand(*expr, *logical);
    } else if (auto* select = expr->as<Select>()) {
      if (config_.expand(*expr) || needs_statements(*select->if_true) ||
          needs_statements(*select->if_false)) {
        return expand(*expr, *select);
      }
    }
    for_each_operand(*expr, [&](Expr*& operand) { operand = flattened(operand); });
    if (!config_.hoist(*expr)) return expr;
    const auto* call = expr->as<Call>();
    return builder_.ref(builder_.let(call ? call->callee->name : "value", expr));
  }

  /// Writes `store to, value` with all that the value needs into the block.
  void store_in(Block& block, Local* to, Expr* value) {
    Block* outer = builder_.block();
    builder_.set_block(&block);
    value = flattened(value);
    builder_.store(builder_.ref(to), value);
    builder_.set_block(outer);
  }

  Expr* expand(Expr& expr, Logical& logical) {
    Local* value = builder_.var("condition", expr.type, flattened(logical.lhs));
    Expr* decided = builder_.load(builder_.ref(value));
    const bool is_and = logical.op == LogicalOp::logical_and;
    If* decide = builder_.if_(is_and ? decided : negate(builder_.module(), decided));
    store_in(decide->then_block, value, logical.rhs);
    return builder_.load(builder_.ref(value));
  }

  Expr* expand(Expr& expr, Select& select) {
    Expr* condition = flattened(select.condition);
    const auto* reference = expr.type->as<RefType>();
    const TypePtr type =
        reference ? builder_.types().ptr(reference->pointee, reference->space, reference->access)
                  : expr.type;
    const auto arm = [&](Expr* value) { return reference ? builder_.address_of(value) : value; };
    Local* value = builder_.var("value", type);
    If* choose = builder_.if_(condition);
    store_in(choose->then_block, value, arm(select.if_true));
    store_in(choose->else_block, value, arm(select.if_false));
    Expr* chosen = builder_.load(builder_.ref(value));
    return reference ? builder_.deref(chosen) : chosen;
  }

  Builder builder_;
  const FlattenConfig& config_;
};

std::optional<BinaryOp> opposite(const Binary& comparison) {
  const bool total =
      !comparison.lhs->type->is_float(); // a NaN is neither less nor greater or equal
  switch (comparison.op) {
  case BinaryOp::eq:
    return BinaryOp::ne;
  case BinaryOp::ne:
    return BinaryOp::eq;
  case BinaryOp::lt:
    return total ? std::optional(BinaryOp::ge) : std::nullopt;
  case BinaryOp::le:
    return total ? std::optional(BinaryOp::gt) : std::nullopt;
  case BinaryOp::gt:
    return total ? std::optional(BinaryOp::le) : std::nullopt;
  case BinaryOp::ge:
    return total ? std::optional(BinaryOp::lt) : std::nullopt;
  default:
    return std::nullopt;
  }
}

} // namespace

void flatten(Module& module, Block& block, const FlattenConfig& config) {
  Flattener(module, config).run(block);
}

Expr* negate(Module& module, Expr* condition) {
  if (auto* unary = condition->as<Unary>()) return unary->operand;
  if (auto* binary = condition->as<Binary>()) {
    if (const auto op = opposite(*binary)) {
      return module.expr(condition->type, Binary{*op, binary->lhs, binary->rhs}, condition->loc);
    }
  }
  return module.expr(condition->type, Unary{UnaryOp::logical_not, condition}, condition->loc);
}

} // namespace ring::ir::transform
