#include "backends/wgsl/uniform_values.h"

#include "backends/wgsl/literal.h"
#include "ir/overloaded.h"
#include "ir/walk.h"

namespace ring::backends::wgsl {

using namespace ir;
using intrinsics::Id;

namespace {

/// The variable that a reference leads into; null for a global.
const Local* root_local(const Expr& reference) {
  if (const auto* local = reference.as<LocalRef>()) return local->local;
  if (const auto* index = reference.as<Index>()) return root_local(*index->base);
  if (const auto* member = reference.as<Member>()) return root_local(*member->base);
  return nullptr;
}

} // namespace

UniformValues::UniformValues(const Module& module, const BarrierBranches& branches)
    : branches_(branches) {
  // What varies only grows, so this comes to an end.
  do {
    changed_ = false;
    for (const Function& function : module.functions) {
      function_ = &function;
      block(function.body, false); // one with a barrier is called by all together
    }
  } while (changed_);
}

void UniformValues::End::meet(const End& other) {
  varies |= other.varies;
  jumps.meet(other.jumps);
}

bool UniformValues::includes(const Expr& expr) const {
  bool operands = true;
  for_each_operand(const_cast<Expr&>(expr), // visited, not changed
                   [&](Expr*& operand) { operands = operands && includes(*operand); });
  if (!operands) return false;
  return match(
      expr.node,
      // Special values come out of private variables, which nobody takes for uniform.
      [&](const Literal& e) { return !is_special(expr.type, e); },
      [&](const Bitcast& e) { return !e.operand->is<Literal>() || !expr.type->is_float(); },
      [&](const LocalRef& e) {
        // Where a variable is does not vary; what it holds is a matter of Load.
        return e.local->kind == Local::Kind::var || !varying_.contains(e.local);
      },
      [&](const Load& e) { return includes_load(*e.reference); },
      [&](const Intrinsic& e) { return includes_result(e); },
      [&](const Call& e) { return !varying_calls_.contains(e.callee); },
      [](const auto&) { return true; });
}

bool UniformValues::includes_load(const Expr& reference) const {
  if (const Local* local = root_local(reference)) return !varying_.contains(local);
  const Expr* root = &reference;
  while (!root->is<GlobalRef>()) {
    const auto* index = root->as<Index>();
    const auto* member = root->as<Member>();
    if (!index && !member) return false;
    root = index ? index->base : member->base;
  }
  const Global& global = *root->as<GlobalRef>()->global;
  if (global.space == AddressSpace::constant) return true;
  return global.space != AddressSpace::workgroup && global.access == Access::read;
}

bool UniformValues::includes_result(const Intrinsic& node) const {
  switch (node.id) {
  case Id::block_id:
  case Id::block_dim:
  case Id::grid_dim:
  case Id::uniform_load:
    return true;
  default:
    break;
  }
  const intrinsics::Row& row = intrinsics::find(node.id);
  return row.effect == intrinsics::Effect::pure && row.category != intrinsics::Category::id;
}

void UniformValues::give(const Local* local, bool varies) {
  if (varies && local) changed_ |= varying_.insert(local).second;
}

void UniformValues::calls(const Stmt& stmt) {
  for_each_root(const_cast<Stmt&>(stmt), [&](Expr*& root) { // visited, not changed
    for_each_expr(root, [&](Expr*& expr) {
      const auto* call = expr->as<Call>();
      if (!call) return;
      for (std::size_t i = 0; i < call->arguments.size(); ++i)
        give(call->callee->params[i], !includes(*call->arguments[i]));
    });
  });
}

bool UniformValues::parts(const Stmt& stmt, const Expr* condition) const {
  return condition && !branches_.decide(stmt) && !includes(*condition);
}

UniformValues::End UniformValues::block(const Block& block, bool varies) {
  End end{varies, {}};
  for (const Stmt* s : block.statements) {
    const End after = stmt(*s, end.varies);
    // Those who part inside a statement meet behind it, unless some leave it by a jump.
    if (after.jumps.any()) end.meet(after);
  }
  return end;
}

UniformValues::End UniformValues::stmt(const Stmt& stmt, bool varies) {
  calls(stmt);
  return match(
      stmt.node,
      [&](const Let& s) {
        // Seen only from where control flow varies if it does here.
        give(s.local, !includes(*s.init));
        return End{};
      },
      [&](const Var& s) {
        give(s.local, s.init && !includes(*s.init));
        return End{};
      },
      [&](const Store& s) {
        give(root_local(*s.reference), varies || !includes(*s.reference) || !includes(*s.value));
        return End{};
      },
      [](const Eval&) { return End{}; },
      [&](const If& s) {
        const bool inside = varies || parts(stmt, s.condition);
        End end = block(s.then_block, inside);
        end.meet(block(s.else_block, inside));
        return end;
      },
      [&](const Switch& s) {
        const bool inside = varies || parts(stmt, s.selector);
        End end{inside, {}};
        for (const Switch::Case& c : s.cases)
          end.meet(block(c.body, inside));
        end.jumps.breaks = false;
        return end;
      },
      [&](const Loop& s) { return loop(stmt, s, varies); },
      [&](const Break&) { return End{varies, {.breaks = true}}; },
      [&](const Continue&) { return End{varies, {.continues = true}}; },
      [&](const Return& s) {
        if (s.value && (varies || !includes(*s.value))) {
          changed_ |= varying_calls_.insert(function_).second;
        }
        return End{varies, {.returns = true}};
      },
      [](const ForEach&) { return End{}; }); // of the CPU alone
}

/// Who is missing at the end of one turn is missing in the next; `continue` is a jump like others.
UniformValues::End UniformValues::loop(const Stmt& stmt, const Loop& loop, bool varies) {
  for (;;) {
    End end = block(loop.body, varies || parts(stmt, loop.condition));
    end.meet(block(loop.continuing, end.varies));
    end.varies |= parts(stmt, loop.break_if);
    end.jumps.breaks = false;
    end.jumps.continues = false;
    if (end.varies == varies || varies) return end;
    varies = true;
  }
}

} // namespace ring::backends::wgsl
