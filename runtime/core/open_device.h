// Chooses a backend and a device and opens it. The only place that knows all backends.
#pragma once

#include "core/device.h"

#include <ring/runtime.h>

namespace ring::runtime {

Result<std::shared_ptr<Device>> open_device(const RuntimeOptions& options);

} // namespace ring::runtime
