// The part of emulate_int64 that needs statements of its own and runs first, while the types are
// still those of the source: switches on 64 bits and warp operations on 64 bits.
#pragma once

#include "ir/module.h"

namespace ring::ir::transform {

bool is_int64(TypePtr type);

/// `switch (v)` becomes a switch on the number of the case, found by comparisons; a warp operation
/// on 64 bits becomes operations on its words.
void split_int64_statements(Module& module);

} // namespace ring::ir::transform
