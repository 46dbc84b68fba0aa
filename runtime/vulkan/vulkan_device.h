// The Vulkan backend: compute kernels as SPIR-V on any Vulkan 1.2 device, loaded from
// libvulkan.so.1 as the program runs. Which devices there are is the loader's business
// (VK_ICD_FILENAMES).
#pragma once

#include "core/device.h"

namespace ring::runtime::vulkan {

/// Whether buffers are mapped, or lie in the device's own memory and are copied through a staging
/// buffer. `automatic`: staged on discrete GPUs only.
enum class Transfers : unsigned char { automatic, staged };

/// Discrete GPUs first, then integrated and virtual ones, then the rest, each in the loader's
/// order.
DeviceList list_devices();
Result<std::shared_ptr<Device>> open_device(const DeviceInfo& info,
                                            Transfers transfers = Transfers::automatic);

} // namespace ring::runtime::vulkan
