// --bounds= as the pass takes it.
#pragma once

#include "backends/common/backend.h"
#include "ir/transform/bounds.h"

namespace ring::backends {

inline ir::transform::BoundsPolicy bounds_policy(BoundsMode mode) {
  using ir::transform::BoundsPolicy;
  switch (mode) {
  case BoundsMode::off:
    return BoundsPolicy::off;
  case BoundsMode::clamp:
    return BoundsPolicy::clamp;
  case BoundsMode::trap:
    return BoundsPolicy::trap;
  }
  return BoundsPolicy::off;
}

} // namespace ring::backends
