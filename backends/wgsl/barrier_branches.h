// The branches that decide about barriers: a barrier is in one of their bodies, or behind a jump
// out of them. All threads of a block take each of them alike, or the verifier would not have let
// it pass.
//
//   BarrierBranches branches(module);
//   if (branches.decide(stmt)) ...
#pragma once

#include "ir/module.h"

#include <set>

namespace ring::backends::wgsl {

/// The jumps that leave a statement, those of its own loops and switches excepted.
struct Jumps {
  bool breaks = false;
  bool continues = false;
  bool returns = false;

  bool any() const { return breaks || continues || returns; }
  bool common(const Jumps& other) const;
  void meet(const Jumps& other);
};
Jumps jumps_of(const ir::Stmt& stmt);

class BarrierBranches {
public:
  explicit BarrierBranches(const ir::Module& module);

  /// Of an if, a switch or a loop.
  bool decide(const ir::Stmt& stmt) const { return deciding_.contains(&stmt); }

  /// Whether all threads of the block come to the statement, or to one in it, together: a barrier
  /// or a branch that decides.
  bool meet_in(const ir::Stmt& stmt) const;

private:
  bool meet_in(const ir::Expr& root) const;
  void visit(const ir::Block& block, const Jumps& missed_at_end);
  void visit_inside(const ir::Stmt& stmt, const Jumps& missed);

  std::set<const ir::Stmt*> deciding_;
  std::set<const ir::Function*> meeting_; // functions that reach a barrier
};

} // namespace ring::backends::wgsl
