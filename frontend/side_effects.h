// Whether a call of a function must be a statement of its own.
#pragma once

#include "ir/module.h"

namespace ring::frontend {

/// True if the function writes what it does not own, calls a function that does, or has an
/// effectful intrinsic. Its callees have been judged already.
bool has_side_effects(ir::Function& function);

} // namespace ring::frontend
