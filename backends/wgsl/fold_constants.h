// Computes what consists of literals only. A WGSL implementation does so too, but refuses the module
// where the result overflows (a signed shift into the sign, a float past its range), which the
// running kernel would not mind.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::backends::wgsl {

/// On integers and floats of 32 bits and bool, as SEMANTICS.md has them. Division by zero stays.
ir::Status fold_constants(ir::Module& module);

} // namespace ring::backends::wgsl
