#include "ir/transform/peel_guards.h"

#include "ir/analysis/properties.h"
#include "ir/builder.h"
#include "ir/clone.h"
#include "ir/transform/split_barriers_structure.h"
#include "ir/walk.h"

#include <algorithm>
#include <array>

namespace ring::ir::transform {
namespace {

using intrinsics::Id;

using Dim = std::array<std::uint32_t, 3>;

/// Does the value stay, grow or fall (as truth values: false before true) with the thread's index?
enum class Trend : std::uint8_t { constant, grows, falls, unknown };

Trend opposite(Trend trend) {
  if (trend == Trend::grows) return Trend::falls;
  return trend == Trend::falls ? Trend::grows : trend;
}

Trend both(Trend a, Trend b) {
  if (a == Trend::constant) return b;
  return b == Trend::constant || a == b ? a : Trend::unknown;
}

bool is_id(const Expr& expr, Id id) {
  const auto* node = expr.as<Intrinsic>();
  return node && node->id == id;
}

/// `block_id.x * 256`, where the index of the block's first thread is written out. Any other number
/// added to an index might make it wrap inside the block.
bool is_first_index(const Expr& expr, const Dim& dim) {
  const auto* product = expr.as<Binary>();
  if (!product || product->op != BinaryOp::mul || !expr.type->is_scalar(Scalar::u32)) return false;
  const Expr* block = product->lhs;
  const Expr* extent = product->rhs;
  if (!is_id(*block, Id::block_id)) std::swap(block, extent);
  if (!is_id(*block, Id::block_id)) return false;
  if (is_id(*extent, Id::block_dim)) return true;
  const auto* literal = extent->as<Literal>();
  const auto axis =
      std::get<std::uint64_t>(block->as<Intrinsic>()->operands[0]->as<Literal>()->value);
  return literal && std::get<std::uint64_t>(literal->value) == dim[axis];
}

/// Of an index or a condition in which lets have been replaced by what they stand for.
Trend trend_of(const Expr& expr, const Dim& dim) {
  if (split::is_uniform(expr, split::Level::block, {})) return Trend::constant;
  if (const auto* node = expr.as<Intrinsic>()) {
    const bool is_index = node->id == Id::thread_id || node->id == Id::global_id;
    return is_index ? Trend::grows : Trend::unknown;
  }
  if (const auto* convert = expr.as<Convert>()) {
    const bool widens = expr.type->is_integer() && convert->operand->type->is_integer() &&
                        size_of(expr.type) > size_of(convert->operand->type);
    return widens ? trend_of(*convert->operand, dim) : Trend::unknown;
  }
  if (const auto* unary = expr.as<Unary>()) {
    return unary->op == UnaryOp::logical_not ? opposite(trend_of(*unary->operand, dim))
                                             : Trend::unknown;
  }
  if (const auto* logical = expr.as<Logical>()) {
    return both(trend_of(*logical->lhs, dim), trend_of(*logical->rhs, dim));
  }
  const auto* binary = expr.as<Binary>();
  if (!binary) return Trend::unknown;
  switch (binary->op) {
  case BinaryOp::add: {
    const bool is_global = is_first_index(*binary->lhs, dim) || is_first_index(*binary->rhs, dim);
    const bool has_thread =
        is_id(*binary->lhs, Id::thread_id) || is_id(*binary->rhs, Id::thread_id);
    return is_global && has_thread ? Trend::grows : Trend::unknown;
  }
  case BinaryOp::ge:
  case BinaryOp::gt:
    return both(trend_of(*binary->lhs, dim), opposite(trend_of(*binary->rhs, dim)));
  case BinaryOp::le:
  case BinaryOp::lt:
    return both(opposite(trend_of(*binary->lhs, dim)), trend_of(*binary->rhs, dim));
  default:
    return Trend::unknown;
  }
}

/// `if (condition) continue;` in front of the rest, or `if (condition) { the rest }` at the end.
struct Guard {
  const Expr* skips = nullptr; // true for the threads that do nothing; null:
  const Expr* runs = nullptr;  // true for those that do something
  std::vector<Stmt*> rest;
};

class State {
public:
  explicit State(Module& module, const Function& kernel)
      : module_(module), builder_(module), dim_(kernel.global()->block) {}

  void rewrite(Block& block) {
    for (Stmt*& stmt : block.statements) {
      for_each_block(*stmt, [&](Block& inner) { rewrite(inner); });
      const auto* loop = stmt->as<ForEach>();
      if (loop && loop->unit == ForEach::Unit::thread) stmt = version(stmt);
    }
  }

private:
  Stmt* version(Stmt* stmt) {
    const Block& body = stmt->as<ForEach>()->body;
    const std::size_t at = first_other_than_let(body);
    const Guard guard = guard_at(body, at);
    const Expr* condition = guard.skips ? guard.skips : guard.runs;
    if (!condition || !may_vectorize(guard.rest)) return stmt;

    Cloner lets(module_);
    for (std::size_t i = 0; i < at; ++i) {
      const auto& let = *body.statements[i]->as<Let>();
      if (analysis::is_stable(*let.init)) lets.values[let.local] = let.init;
    }
    Expr* whole = resolve(lets, condition, at);
    if (trend_of(*whole, dim_) != (guard.skips ? Trend::grows : Trend::falls)) return stmt;

    builder_.set_loc(stmt->loc);
    Expr* all_run = at_last_thread(whole);
    if (guard.skips) all_run = builder_.unary(UnaryOp::logical_not, all_run);
    Block unguarded;
    unguarded.statements.assign(body.statements.begin(),
                                body.statements.begin() + static_cast<std::ptrdiff_t>(at));
    unguarded.statements.insert(unguarded.statements.end(), guard.rest.begin(), guard.rest.end());
    Cloner copy(module_);
    Stmt* fast = module_.stmt(ForEach{ForEach::Unit::thread, copy.block(unguarded)}, stmt->loc);
    return module_.stmt(If{all_run, Block{{fast}}, Block{{stmt}}}, stmt->loc);
  }

  static std::size_t first_other_than_let(const Block& body) {
    const auto found = std::find_if(body.statements.begin(), body.statements.end(),
                                    [](const Stmt* stmt) { return !stmt->is<Let>(); });
    return static_cast<std::size_t>(found - body.statements.begin());
  }

  static Guard guard_at(const Block& body, std::size_t at) {
    if (at == body.statements.size()) return {};
    const auto* branch = body.statements[at]->as<If>();
    if (!branch || !branch->else_block.empty()) return {};
    const auto& then_statements = branch->then_block.statements;
    if (then_statements.size() == 1 && then_statements.front()->is<Continue>()) {
      return {
          branch->condition,
          nullptr,
          {body.statements.begin() + static_cast<std::ptrdiff_t>(at) + 1, body.statements.end()}};
    }
    const bool is_last = at + 1 == body.statements.size();
    return is_last ? Guard{nullptr, branch->condition, then_statements} : Guard{};
  }

  static bool may_vectorize(const std::vector<Stmt*>& statements) {
    Block block{statements};
    bool may = !statements.empty();
    for_each_stmt(block, [&](Stmt& stmt) {
      may = may && !stmt.is<Loop>() && !stmt.is<Switch>() && !stmt.is<ForEach>();
    });
    for_each_expr(block, [&](Expr*& expr) { may = may && !analysis::has_effect(*expr); });
    return may;
  }

  /// The condition with all lets replaced. A let's init may use the lets before it.
  Expr* resolve(Cloner& lets, const Expr* condition, std::size_t rounds) {
    Expr* whole = lets.expr(condition);
    for (std::size_t i = 0; i < rounds; ++i)
      whole = lets.expr(whole);
    return whole;
  }

  Expr* at_last_thread(const Expr* condition) {
    Expr* result = clone(module_, condition);
    for_each_expr(result, [&](Expr*& expr) {
      const auto* node = expr->as<Intrinsic>();
      if (!node || (node->id != Id::thread_id && node->id != Id::global_id)) return;
      const auto axis = static_cast<std::uint32_t>(
          std::get<std::uint64_t>(node->operands[0]->as<Literal>()->value));
      Expr* last = builder_.u32(dim_[axis] - 1);
      if (node->id == Id::global_id) {
        Expr* block = builder_.intrinsic(module_.types.u32(), Id::block_id, {builder_.u32(axis)});
        last = builder_.add(builder_.mul(block, builder_.u32(dim_[axis])), last);
      }
      expr = last;
    });
    return result;
  }

  Module& module_;
  Builder builder_;
  Dim dim_;
};

} // namespace

Status peel_guards(Module& module) {
  for (Function& function : module.functions) {
    if (function.global()) State(module, function).rewrite(function.body);
  }
  return Success{};
}

} // namespace ring::ir::transform
