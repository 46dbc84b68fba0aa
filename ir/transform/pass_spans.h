// Bound spans on a target with pointers: each function that uses one gets it as a parameter from
// its callers, and each kernel takes it from the launch, by the parameter of its name if it has
// one and by a last one if not.
//
//   bound @words: span<u32, read_write>
//   function first() -> u32 { return load(@words[0]) }
//   kernel global k(%out: …) … { store %out[0], @first() }
//   becomes
//   function first(%words: span<u32, read_write>) -> u32 { return load(%words[0]) }
//   kernel global k(%out: …, %words: …) … { store %out[0], @first(%words) }
//
// Behind bounds, which tells the array of messages from what the user indexes.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status pass_spans(Module& module);

} // namespace ring::ir::transform
