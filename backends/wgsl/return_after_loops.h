// wgpu wants a return at the end of a function that has a result, also behind a loop that nothing
// leaves but a return.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::backends::wgsl {

/// Writes one that is never reached. Last: to other passes it is dead code.
ir::Status return_after_loops(ir::Module& module);

} // namespace ring::backends::wgsl
