// Turns `?:`, `&&` and `||` whose second part must not be evaluated always (it may divide by zero
// or read out of range) into a variable and an `if`, for targets where they evaluate all their
// operands.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

struct ExpandLazyConfig {
  bool selects = true;
  bool logicals = true; // false where the target's own && and || are lazy
  /// Reading out of range does no harm on the target.
  bool robust_loads = false;
};

Status expand_lazy(Module& module, const ExpandLazyConfig& config = {});

} // namespace ring::ir::transform
