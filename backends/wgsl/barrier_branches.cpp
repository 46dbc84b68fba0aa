#include "backends/wgsl/barrier_branches.h"

#include "ir/walk.h"

#include <algorithm>

namespace ring::backends::wgsl {

using namespace ir;

bool Jumps::common(const Jumps& other) const {
  return (breaks && other.breaks) || (continues && other.continues) || (returns && other.returns);
}

void Jumps::meet(const Jumps& other) {
  breaks |= other.breaks;
  continues |= other.continues;
  returns |= other.returns;
}

Jumps jumps_of(const Stmt& stmt) {
  Jumps jumps{stmt.is<Break>(), stmt.is<Continue>(), stmt.is<Return>()};
  for_each_block(const_cast<Stmt&>(stmt), [&](Block& block) { // visited, not changed
    for (const Stmt* inner : block.statements)
      jumps.meet(jumps_of(*inner));
  });
  if (stmt.is<Loop>()) jumps.continues = false;
  if (stmt.is<Loop>() || stmt.is<Switch>()) jumps.breaks = false;
  return jumps;
}

BarrierBranches::BarrierBranches(const Module& module) {
  for (const Function& function : module.functions) { // callees come first
    const auto& body = function.body.statements;
    if (std::ranges::any_of(body, [&](const Stmt* stmt) { return meet_in(*stmt); })) {
      meeting_.insert(&function);
    }
  }
  for (const Function* function : meeting_) {
    // A branch past which others decide decides as well.
    for (std::size_t before = deciding_.size() + 1; before != deciding_.size();) {
      before = deciding_.size();
      visit(function->body, {});
    }
  }
}

bool BarrierBranches::meet_in(const Expr& root) const {
  if (const auto* call = root.as<Call>()) return meeting_.contains(call->callee);
  const auto* intrinsic = root.as<Intrinsic>();
  return intrinsic && intrinsics::find(intrinsic->id).uniformity == intrinsics::Uniformity::block;
}

bool BarrierBranches::meet_in(const Stmt& stmt) const {
  if (const auto* let = stmt.as<Let>()) return meet_in(*let->init);
  if (const auto* eval = stmt.as<Eval>()) return meet_in(*eval->value);
  bool found = decide(stmt);
  for_each_block(const_cast<Stmt&>(stmt), [&](Block& block) { // visited, not changed
    found =
        found || std::ranges::any_of(block.statements, [&](const Stmt* s) { return meet_in(*s); });
  });
  return found;
}

/// `missed`: by which jumps somebody would miss the others. Those who `continue` meet them at the
/// end of the turn, so they miss only the rest of it.
void BarrierBranches::visit(const Block& block, const Jumps& missed_at_end) {
  Jumps missed = missed_at_end;
  for (auto at = block.statements.rbegin(); at != block.statements.rend(); ++at) {
    const Stmt& stmt = **at;
    const bool branches = stmt.is<If>() || stmt.is<Switch>() || stmt.is<Loop>();
    if (branches && (meet_in(stmt) || jumps_of(stmt).common(missed))) deciding_.insert(&stmt);
    visit_inside(stmt, missed);
    if (meet_in(stmt)) missed = {true, true, true};
  }
}

void BarrierBranches::visit_inside(const Stmt& stmt, const Jumps& missed) {
  if (const auto* branch = stmt.as<If>()) {
    visit(branch->then_block, missed);
    visit(branch->else_block, missed);
  } else if (const auto* choice = stmt.as<Switch>()) {
    for (const Switch::Case& c : choice->cases)
      visit(c.body, {false, missed.continues, missed.returns});
  } else if (const auto* loop = stmt.as<Loop>()) {
    const bool in_turns = meet_in(stmt); // who leaves misses what comes in the next turns
    visit(loop->body, {in_turns, false, in_turns || missed.returns});
    visit(loop->continuing, {});
  }
}

} // namespace ring::backends::wgsl
