// Barriers, fences and waiting. A barrier also orders memory (acquire and release) for the group it
// joins.
#pragma once

#include "ring/detail/types.h"

namespace ring {

/// Waits for all threads of the block. Must be reached by all of them.
RING_DETAIL_INTRINSIC("barrier") void barrier();

/// Waits for all threads of the warp that have not returned.
RING_DETAIL_INTRINSIC("warp_barrier") void warp_barrier();

/// Orders this thread's memory operations before and after it, as seen by `scope`.
RING_DETAIL_INTRINSIC("fence") void fence(MemoryScope scope = MemoryScope::device);
RING_DETAIL_INTRINSIC("fence") void fence(std::memory_order order, MemoryScope scope);

/// Rests in a loop that waits for another thread or the host, the longer the more turns it has
/// waited: a GPU sleeps up to 1 us, a CPU pauses, then yields, then sleeps up to 50 us. WGSL, which
/// has no loops that wait, has none.
RING_DETAIL_INTRINSIC("relax") void relax(std::uint32_t turns);

namespace detail {

/// Waits for all threads of the block, reads `shared`, a word of block-shared memory, and waits
/// again: all get the same value, on which they may branch around barriers. Must be reached by all
/// of them, with the same `shared`.
RING_DETAIL_INTRINSIC("uniform_load") std::uint32_t uniform_load(std::uint32_t& shared);

} // namespace detail
} // namespace ring
