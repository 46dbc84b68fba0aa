// Barriers for targets that lack them.
#pragma once

#include "ring/kernel.h"

namespace ring::library {

/// The first barrier orders the writes before the read, the second the read before the next writes.
RING_DETAIL_LIBRARY inline std::uint32_t uniform_load(std::uint32_t& shared) {
  ring::barrier();
  const std::uint32_t value = shared;
  ring::barrier();
  return value;
}

} // namespace ring::library
