// Which values a WGSL implementation takes for the same in all invocations of a workgroup (WGSL,
// section 15.2, "Uniformity"). It knows less than our verifier: to it each load of workgroup memory
// or of a buffer that may be written can differ, whatever barriers stand before it.
//
//   UniformValues uniform(module, branches);
//   if (!uniform.includes(*branch.condition)) ...
#pragma once

#include "backends/wgsl/barrier_branches.h"
#include "ir/module.h"

#include <set>

namespace ring::backends::wgsl {

/// Of a module without pointers, and as if threads parted at no branch that decides about a
/// barrier. The answer is on the safe side: a variable is one for the whole of its function, a
/// parameter one for all calls, so some values that are uniform to an implementation, which looks
/// closer, are not in here.
class UniformValues {
public:
  /// What is asked about later must not have changed since.
  UniformValues(const ir::Module& module, const BarrierBranches& branches);

  /// Of a value: whether it is uniform where control flow is. Of a reference: whether it leads to
  /// the same place.
  bool includes(const ir::Expr& expr) const;

private:
  /// How a statement or a block ends.
  struct End {
    bool varies = false; // not all who began are there together
    Jumps jumps;

    void meet(const End& other);
  };

  bool includes_load(const ir::Expr& reference) const;
  bool includes_result(const ir::Intrinsic& node) const;

  /// Whether threads part at the condition of a branch.
  bool parts(const ir::Stmt& stmt, const ir::Expr* condition) const;

  // The walk over a function; `varies`: the control flow is not uniform here.
  End block(const ir::Block& block, bool varies);
  End stmt(const ir::Stmt& stmt, bool varies);
  End loop(const ir::Stmt& stmt, const ir::Loop& loop, bool varies);
  void give(const ir::Local* local, bool varies);
  void calls(const ir::Stmt& stmt);

  const BarrierBranches& branches_;
  std::set<const ir::Local*> varying_;          // variables, lets and parameters
  std::set<const ir::Function*> varying_calls_; // by what they return
  const ir::Function* function_ = nullptr;      // being walked
  bool changed_ = false;
};

} // namespace ring::backends::wgsl
