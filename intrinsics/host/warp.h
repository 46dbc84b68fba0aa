// What a warp operation gives to each lane, once the lanes have arrived.
#pragma once

#include <cstdint>

#include "ring/kernel.h"

namespace ring::host::detail {

inline constexpr std::uint32_t kMaxWarpSize = 32;

/// One call of a warp operation by the lanes of one warp.
struct WarpCall {
  WarpOp op;
  Kind kind;
  std::uint32_t warp_size;
  std::uint32_t active = 0; // bit n: lane n takes part
  std::uint64_t value[kMaxWarpSize] = {};
  std::uint32_t argument[kMaxWarpSize] = {};
  std::uint64_t result[kMaxWarpSize] = {};
};

/// Fills in the results of the active lanes.
void execute(WarpCall& call);

} // namespace ring::host::detail
