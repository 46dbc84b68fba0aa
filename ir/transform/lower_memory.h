// Gives memory that a target cannot describe with its own types a plain form: a buffer, params
// block or shared variable whose type has narrow integers, bools or a layout of its own becomes an
// array of u32 words, and every access of it becomes word accesses, shifts and masks. Bytes are
// where C++ has them. What the target can describe stays typed.
//
//   load(%kinds[%i])   becomes   convert<u8>(load(kinds[%i >> 2]) >> ((%i & 3) << 3))
//
// A store that is narrower than a word clears and sets its bits with two atomic operations, so that
// neighbours in the same word that other threads write survive. Runs after lower_params; the values
// keep their types, which emulate_narrow and emulate_int64 then see to.
#pragma once

#include "ir/capability.h"
#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

struct LowerMemoryConfig {
  /// int8, int16, float16, float64 and byte_layout decide which types stay. 64-bit integers always
  /// do: two words in a row are their emulation. Without float_atomics a variable that has a float
  /// changed atomically becomes words.
  CapabilitySet capabilities = {};
  /// WGSL: an atomic is a type, atomic<u32>, of which no copy can be made. A variable with an
  /// atomic inside a struct then becomes words, and so does one that is also copied as a whole.
  bool atomics_are_types = false;
};

Status lower_memory(Module& module, const LowerMemoryConfig& config);

} // namespace ring::ir::transform
