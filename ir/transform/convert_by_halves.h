// u32 to f32 with one rounding, for devices that round twice above 2^31. Each half of the bits is a
// float exactly, and so is the upper one times 65536; only the sum is rounded.
//
//   convert<f32>(%x)   becomes   convert<f32>(%x >> 16) * 65536.0 + convert<f32>(%x & 65535)
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

/// Values that are below 2^31 for sure are converted as they are.
Status convert_by_halves(Module& module);

} // namespace ring::ir::transform
