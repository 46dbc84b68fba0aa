// Integers of 8 and 16 bits, as values of 32 bits that are brought back into their range after
// every operation that can leave it: unsigned ones are kept zero-extended in a u32, signed ones
// sign-extended in an i32. Runs after lower_memory, for it changes the layout of structs.
//
//   convert<u8>(%a + %b)   becomes   ((%a + %b) & 255)
#pragma once

#include "ir/capability.h"
#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

struct EmulateNarrowConfig {
  /// What the target has; int8 and int16 are emulated where they are missing.
  CapabilitySet capabilities;
};

Status emulate_narrow(Module& module, const EmulateNarrowConfig& config);

} // namespace ring::ir::transform
