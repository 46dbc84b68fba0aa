// 64-bit integers as ring::library::U64, a struct of two words, and their operations as calls of
// the functions of ring/library/int64.h. Signed and unsigned share the struct. In memory the struct
// has the bytes of the integer, so buffers stay typed.
//
//   %a + convert<u64>(%i)   becomes   u64_add(%a, U64(%i, 0))
//
// Atomics on 64 bits cannot be emulated; kernel_requirements finds the kernels that have them.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

struct EmulateInt64Config {
  const Module& library;
};

/// Nothing happens to a module without 64-bit integers. A function that the library lacks is an
/// invalid_module error at the place of its use.
Status emulate_int64(Module& module, const EmulateInt64Config& config);

} // namespace ring::ir::transform
