// Which 64-bit locals of a function can be kept in 32 bits. Used by narrow-integers.
#pragma once

#include "ir/analysis/value_range.h"
#include "ir/module.h"

namespace ring::ir::transform {

struct NarrowLocals {
  analysis::LocalRanges ranges;               // those whose values fit
  std::unordered_set<const Local*> truncated; // those of which only the lower half is ever used

  bool contains(const Local* local) const {
    return ranges.zero_extended.contains(local) || ranges.sign_extended.contains(local) ||
           truncated.contains(local);
  }
};

NarrowLocals find_narrow_locals(Function& function);

/// Of an operation on 64 bits: whether the lower half of its result depends on nothing but the
/// lower halves of its 64-bit operands.
bool works_in_halves(const Expr& expr, const analysis::LocalRanges& ranges);

} // namespace ring::ir::transform
