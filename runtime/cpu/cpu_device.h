// The CPU backend: kernels are functions that run one block (ring/abi/cpu_block.h); a thread pool
// runs the blocks of the grid.
#pragma once

#include "core/device.h"

namespace ring::runtime::cpu {

DeviceList list_devices();
/// threads 0: as many as the machine runs at once.
Result<std::shared_ptr<Device>> open_device(const DeviceInfo& info, unsigned threads);

} // namespace ring::runtime::cpu
