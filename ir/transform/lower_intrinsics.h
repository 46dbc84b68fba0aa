// Replaces every intrinsic whose spelling for the target is "library" by a call of the C++ function
// ring::library::<row>, linked from the library module. Runs before inline_references, because some
// of those functions take references (atomics by compare-exchange, frexp).
//
//   %y = sin(%x)   becomes   %y = call sin(%x)
#pragma once

#include "intrinsics/table.h"
#include "ir/capability.h"
#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

struct LowerIntrinsicsConfig {
  intrinsics::Target column; // of the table
  const Module& library;
  /// Without int64, the functions of 64-bit integers are left to emulate_int64.
  CapabilitySet capabilities = {};
  bool fast = false; // --fp=fast prefers the target's own functions
};

/// An intrinsic that the library lacks is an internal error of ringcc, reported as invalid_module.
Status lower_intrinsics(Module& module, const LowerIntrinsicsConfig& config);

/// The operand type by which the table chooses a spelling: that of the first operand, what it
/// refers to if it is a reference or pointer; for a bool or nothing, an unsigned 32-bit integer.
intrinsics::ScalarType spelling_type(const Intrinsic& intrinsic);

} // namespace ring::ir::transform
