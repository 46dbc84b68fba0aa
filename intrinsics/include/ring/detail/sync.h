// Barriers and fences. A barrier also orders memory (acquire and release) for the group it joins.
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

} // namespace ring
