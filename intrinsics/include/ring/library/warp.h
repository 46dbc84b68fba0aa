// Warp functions for targets that lack them.
#pragma once

#include "ring/kernel.h"

namespace ring::library {

/// Warps take the threads of a block in the order x, y, z.
RING_DETAIL_LIBRARY inline std::uint32_t warp_id() {
  const Index3 thread = ring::thread_id();
  const Index3 block = ring::block_dim();
  const std::uint32_t linear = (thread.z * block.y + thread.y) * block.x + thread.x;
  return linear / ring::warp_size();
}

} // namespace ring::library
