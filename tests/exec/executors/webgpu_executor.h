// The executors that run WGSL: Dawn in node, wgpu in Deno, Chromium. Each is a process that runs
// webgpu/driver.mjs, started by the first case and kept until the end.
#pragma once

#include "executor.h"

namespace ring::exec {

Opened open_dawn();
Opened open_wgpu();
Opened open_chromium();

} // namespace ring::exec
