// Computes what consists of literals only. A `float` kernel may say float(1.5) or 0.5 * 4 in
// `double` without a need of 64-bit floats on the device; and WGSL's implementations fold constants
// too, but refuse a module where the result overflows, which the running kernel would not mind.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

/// Arithmetic, comparisons, conversions and bit casts of bool, all integers, f32 and f64, as
/// SEMANTICS.md has them. What C++ leaves undefined stays, but shifts by too much, which take the
/// amount modulo the width.
Status fold_constants(Module& module);

/// The same for one node whose operands have been folded.
void fold_constant(Expr& expr);

} // namespace ring::ir::transform
