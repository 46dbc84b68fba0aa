// Gives small shared variables zeros at the beginning of their kernel. One thread writes such a
// flag and others read it behind a barrier: where the block has become loops, a C++ compiler cannot
// see that the one turn that writes comes first, and warns.
//
//   if (thread_id.x == 0) { store @flag, 1 }   becomes   store @flag, 0
//                                                         if (thread_id.x == 0) { store @flag, 1 }
#pragma once

#include "ir/module.h"
#include "ir/result.h"

#include <cstdint>

namespace ring::ir::transform {

struct ClearSharedConfig {
  /// Larger variables stay as they are: clearing would cost something, and compilers do not track
  /// the elements of large arrays.
  std::uint64_t largest = 64;
};

/// Run it after split-barriers: what stands before the first loop over threads happens once.
Status clear_shared(Module& module, const ClearSharedConfig& config = {});

} // namespace ring::ir::transform
