// Who am I: positions and extents of the running thread, block and warp.
#pragma once

#include "ring/detail/types.h"

namespace ring {

/// Position of the thread in its block.
RING_DETAIL_INTRINSIC("thread_id") Index3 thread_id();
/// Position of the block in the grid.
RING_DETAIL_INTRINSIC("block_id") Index3 block_id();
/// Threads in a block.
RING_DETAIL_INTRINSIC("block_dim") Index3 block_dim();
/// Blocks in the grid.
RING_DETAIL_INTRINSIC("grid_dim") Index3 grid_dim();
/// Position of the thread in the grid: block_id() * block_dim() + thread_id().
RING_DETAIL_INTRINSIC("global_id") Index3 global_id();

/// Position of the thread in its warp.
RING_DETAIL_INTRINSIC("lane_id") std::uint32_t lane_id();
/// Position of the warp in its block.
RING_DETAIL_INTRINSIC("warp_id") std::uint32_t warp_id();
/// Threads in a warp; a property of the device (4, 8, 16 or 32).
RING_DETAIL_INTRINSIC("warp_size") std::uint32_t warp_size();

} // namespace ring
