// The CUDA backend: the driver API from libcuda.so.1, the module's fatbin where nvcc built one,
// else its source through NVRTC.
#pragma once

#include "core/device.h"

namespace ring::runtime::cuda {

DeviceList list_devices();
Result<std::shared_ptr<Device>> open_device(const DeviceInfo& info);

} // namespace ring::runtime::cuda
