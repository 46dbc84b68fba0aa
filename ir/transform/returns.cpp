#include "ir/transform/returns.h"

#include "ir/analysis/properties.h"
#include "ir/builder.h"
#include "ir/transform/flatten.h"
#include "ir/walk.h"

#include <cassert>
#include <iterator>

namespace ring::ir::transform {
namespace {

using analysis::contains_return;

/// Deeper nesting than this is worse to read than a region that `break` leaves.
constexpr unsigned kMaxElseDepth = 8;

bool contains_return(Stmt& stmt) {
  bool found = stmt.is<Return>();
  for_each_block(stmt, [&](Block& block) { found = found || analysis::contains_return(block); });
  return found;
}

bool always_returns(const Block& block) {
  if (block.empty()) return false;
  const Stmt& last = *block.statements.back();
  if (last.is<Return>()) return true;
  const auto* branch = last.as<If>();
  return branch && always_returns(branch->then_block) && always_returns(branch->else_block);
}

/// The statements from `first` on as one expression, or null.
Expr* as_expression(Module& module, const std::vector<Stmt*>& statements, std::size_t first) {
  if (first >= statements.size()) return nullptr;
  Stmt& stmt = *statements[first];
  if (auto* done = stmt.as<Return>()) return done->value;
  auto* branch = stmt.as<If>();
  if (!branch) return nullptr;
  Expr* if_true = as_expression(module, branch->then_block.statements, 0);
  if (!if_true) return nullptr;
  Expr* if_false = branch->else_block.empty()
                       ? as_expression(module, statements, first + 1)
                       : as_expression(module, branch->else_block.statements, 0);
  if (!if_false) return nullptr;
  Expr* chosen = module.expr(if_true->type, Select{branch->condition, if_true, if_false}, stmt.loc);
  return chosen;
}

/// Moves what follows a branch that always returns into the other branch.
void nest_rest(Block& block, unsigned depth = 0) {
  auto& statements = block.statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    auto* branch = statements[i]->as<If>();
    if (!branch || !contains_return(*statements[i])) continue;
    const bool then_returns = always_returns(branch->then_block);
    const bool else_returns = always_returns(branch->else_block);
    if ((then_returns || else_returns) && depth < kMaxElseDepth) {
      auto& rest = then_returns ? branch->else_block.statements : branch->then_block.statements;
      if (!(then_returns && else_returns)) {
        rest.insert(rest.end(), statements.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                    statements.end());
      }
      statements.resize(i + 1);
    }
    if (i + 1 == statements.size()) {
      nest_rest(branch->then_block, depth + 1);
      nest_rest(branch->else_block, depth + 1);
    }
  }
}

/// Whether a `return` stands where neither the end of the body nor a flag helps.
bool needs_region(Block& block) {
  for (std::size_t i = 0; i < block.statements.size(); ++i) {
    Stmt& stmt = *block.statements[i];
    auto* branch = stmt.as<If>();
    if (!branch || !contains_return(stmt)) continue;
    if (i + 1 != block.statements.size()) return true;
    if (needs_region(branch->then_block) || needs_region(branch->else_block)) return true;
  }
  return false;
}

/// What `break` does at some place: there is nothing to leave, it leads to the end of the body, or
/// it leads to something that would go on.
enum class Exit { none, end, inner };

class ReturnEliminator {
public:
  ReturnEliminator(Module& module, Local* result) : builder_(module), result_(result) {}

  void run(Block& body) {
    nest_rest(body);
    if (needs_region(body)) {
      const Loc loc = body.statements.front()->loc;
      rewrite(body, true, Exit::end);
      drop_last_break(body);
      Switch region{builder_.u32(0), {}};
      region.cases.push_back({{}, true, std::move(body)});
      body = Block{{builder_.module().stmt(std::move(region), loc)}};
    } else {
      rewrite(body, true, Exit::none);
    }
    if (!returned_) return;
    Stmt* flag = builder_.module().stmt(Var{returned_, builder_.boolean(false)}, returned_->loc);
    body.statements.insert(body.statements.begin(), flag);
  }

private:
  Expr* returned() {
    if (!returned_) {
      returned_ = builder_.module().local(Local::Kind::var, "returned", builder_.types().boolean(),
                                          builder_.loc());
    }
    return builder_.ref(returned_);
  }

  /// `tail`: control that falls off the end of the block has reached the end of the body.
  void rewrite(Block& block, bool tail, Exit exit) {
    const std::vector<Stmt*> statements = std::move(block.statements);
    block.statements.clear();
    for (std::size_t i = 0; i < statements.size(); ++i) {
      Stmt* stmt = statements[i];
      builder_.set_block(&block);
      builder_.set_loc(stmt->loc);
      const bool at_end = tail && i + 1 == statements.size();
      if (auto* done = stmt->as<Return>()) {
        if (result_ && done->value) builder_.store(builder_.ref(result_), done->value);
        leave(at_end ? Exit::none : exit);
        return; // what follows is never reached
      }
      if (!contains_return(*stmt)) {
        block.statements.push_back(stmt);
        continue;
      }
      if (auto* branch = stmt->as<If>()) {
        rewrite(branch->then_block, at_end, exit);
        rewrite(branch->else_block, at_end, exit);
        if (branch->then_block.empty()) {
          std::swap(branch->then_block, branch->else_block);
          branch->condition = negate(builder_.module(), branch->condition);
        }
        block.statements.push_back(stmt);
        continue;
      }
      const bool ends_here = at_end || (tail && store_default_before(statements, i));
      leave_from_within(*stmt, ends_here);
      builder_.set_block(&block);
      block.statements.push_back(stmt);
      if (ends_here) return;
      if (i + 1 == statements.size() && exit == Exit::none) return;
      if (exit == Exit::none) {
        Expr* go_on = negate(builder_.module(), builder_.load(returned()));
        Block& rest = builder_.if_(go_on)->then_block;
        rest.statements.assign(statements.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                               statements.end());
        rewrite(rest, tail, exit);
        return;
      }
      If* stop = builder_.if_(builder_.load(returned()));
      builder_.set_block(&stop->then_block);
      builder_.break_();
    }
  }

  void leave(Exit exit) {
    if (exit == Exit::none) return;
    if (exit == Exit::inner) builder_.store(returned(), builder_.boolean(true));
    builder_.break_();
  }

  /// A loop or a switch with `return`s inside.
  void leave_from_within(Stmt& stmt, bool ends_here) {
    const Exit exit = ends_here ? Exit::end : Exit::inner;
    if (auto* loop = stmt.as<Loop>()) {
      rewrite(loop->body, false, exit);
    } else if (auto* choice = stmt.as<Switch>()) {
      for (Switch::Case& c : choice->cases)
        rewrite(c.body, ends_here, exit);
    }
  }

  /// `for (...) if (...) return a; return b;` needs no flag: the result is b unless the loop says
  /// otherwise. True if the statement after `i` was such a return and its store has been written.
  bool store_default_before(const std::vector<Stmt*>& statements, std::size_t i) {
    if (i + 2 != statements.size()) return false;
    const auto* last = statements[i + 1]->as<Return>();
    if (!last) return false;
    if (!result_ || !last->value) return true;
    if (!analysis::is_stable(*last->value)) return false;
    builder_.store(builder_.ref(result_), last->value);
    return true;
  }

  static void drop_last_break(Block& block) {
    if (!block.empty() && block.statements.back()->is<Break>()) block.statements.pop_back();
  }

  Builder builder_;
  Local* result_;
  Local* returned_ = nullptr;
};

} // namespace

void fold_returns(Module& module, Block& body) {
  auto& statements = body.statements;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (!statements[i]->is<If>()) continue;
    Expr* value = as_expression(module, statements, i);
    if (!value) continue;
    statements[i] = module.stmt(Return{value}, statements[i]->loc);
    statements.resize(i + 1);
    return;
  }
}

Expr* take_single_return(Block& body) {
  if (body.empty()) return nullptr;
  auto* last = body.statements.back()->as<Return>();
  if (!last || !last->value) return nullptr;
  for (std::size_t i = 0; i + 1 < body.statements.size(); ++i) {
    if (contains_return(*body.statements[i])) return nullptr;
  }
  body.statements.pop_back();
  return last->value;
}

void eliminate_returns(Module& module, Block& body, Local* result) {
  ReturnEliminator(module, result).run(body);
}

} // namespace ring::ir::transform
