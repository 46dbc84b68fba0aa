// The lanes that run an actor together. Whoever decides for them is lane 0, and what it decides
// reaches the others through block-shared memory (rule 4).
//
// In code that one lane runs, ringcc takes these functions for what they say then: lane 0 of 1
// (ir/transform/single_lane.h).
#pragma once

#include "ring/detail/ids.h"
#include "ring/detail/sync.h"

#ifndef __RINGCC__
#include "ring/detail/host_device.h"
#endif

#include <cstdint>

namespace ring::protocol {

#ifdef __RINGCC__
inline std::uint32_t lane() { return ring::thread_id().x; }
inline std::uint32_t lanes() { return ring::block_dim().x; }
inline void join_lanes() { ring::barrier(); }
#else
// A host thread is one lane unless the grid runner says otherwise.
inline std::uint32_t lane() { return host::detail::current ? host::detail::current->thread.x : 0; }
inline std::uint32_t lanes() {
  return host::detail::current ? host::detail::current->block_dim.x : 1;
}
inline void join_lanes() {
  if (lanes() > 1) ring::barrier();
}
#endif

RING_DETAIL_LIBRARY inline bool leads() { return lane() == 0; }

/// Lane 0's value, in all lanes. It is read between two barriers: a fast lane 0 must not write the
/// next verdict before all have read this one.
inline std::uint32_t agree(std::uint32_t value) {
  RING_SHARED std::uint32_t verdict;
  if (leads()) verdict = value;
  return ring::detail::uniform_load(verdict);
}

} // namespace ring::protocol
