// Does in 32 bits what the source says in 64, where that provably makes no difference: comparisons
// of zero-extended values, indices (one that is in range is less than 2^32), arithmetic whose upper
// half is cut off, and the locals in between. On targets whose 64-bit integers are emulated this is
// what keeps `std::size_t i` from costing anything. For targets that count elements in 32 bits; run
// after lower-params.
//
//   if (convert<u64>(%i) >= convert<u64>(load(params.y_size)))   becomes   if (%i >=
//   load(params.y_size))
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

Status narrow_integers(Module& module);

} // namespace ring::ir::transform
