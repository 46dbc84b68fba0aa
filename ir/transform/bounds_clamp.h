// The clamping half of bounds.
#pragma once

#include "ir/transform/bounds.h"

namespace ring::ir::transform {

/// Accesses of the span `trusted` stay as they are.
void clamp_bounds(Module& module, Function& function, const BoundsConfig& config,
                  const Local* trusted = nullptr);

} // namespace ring::ir::transform
