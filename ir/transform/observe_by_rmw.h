// Atomic loads that look for what the host, or another device, writes: on targets whose drivers
// move plain atomic loads out of loops (Mesa's llvmpipe does) they become read-modify-writes that
// change nothing.
//
//   let %word: u32 = atomic_load<acquire, system>(%x[0])
//   becomes   let %word: u32 = atomic_or<acquire, system>(%x[0], 0)
//
// Floats are left alone, for which no target has such an operation, and so is what may only be
// read.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status observe_by_rmw(Module& module);

} // namespace ring::ir::transform
