// Makes kernels for a machine that runs the threads of a block one after the other: the CPU. After
// the pass no barrier and no warp operation is left; loops over threads stand between them (as in
// pocl: Jääskeläinen et al., "pocl: A Performance-Portable OpenCL Implementation", 2015, section
// 4).
//
//   store @tile[thread_id.x], ...              for_each thread { store @tile[thread_id.x], ... }
//   eval barrier()                    becomes
//   store %y[...], load(@tile[...])            for_each thread { store %y[...], load(@tile[...]) }
//
// - Control flow around a barrier stays outside of the loops; its conditions, which are the same
// for
//   all threads, are evaluated once, by thread 0.
// - What lives in more than one loop becomes an array with an element for each thread, except
// values
//   that are the same for all threads and change only outside of the loops, like the counter of a
//   loop around a barrier.
// - A run of statements with warp operations becomes for_each warp with for_each lane inside, split
//   at each operation; the operations become ordinary code over the lanes' elements.
// - A `continue` that threads take one by one, or a `break` out of a switch, becomes a flag where
// it
//   stands beside what all do together.
// - A thread that returns ends its turn; a flag keeps it out of the loops that follow, if any do.
//
// Functions with barriers or warp operations must have been inlined, and C arrays must still be
// taken apart afterwards (copy_arrays): elements of the arrays may be arrays.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

struct SplitBarriersConfig {
  std::uint32_t warp_size = 32; // at most 32
};

Status split_barriers(Module& module, const SplitBarriersConfig& config = {});

} // namespace ring::ir::transform
