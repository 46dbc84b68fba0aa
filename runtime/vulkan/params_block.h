// The params block: every parameter at its offset, a span as its u32 element count. Vulkan and WGSL
// kernels read it from a storage buffer.
#pragma once

#include "core/device.h"

#include <cstddef>
#include <vector>

namespace ring::runtime::vulkan {

/// Fails when a span has more elements than a u32 counts.
Result<std::vector<std::byte>> pack_params(const KernelImage& kernel,
                                           std::span<const LaunchArg> args);

} // namespace ring::runtime::vulkan
