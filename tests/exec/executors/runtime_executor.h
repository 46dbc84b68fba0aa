// The executors that go through our own runtime: the CPU, Vulkan on lavapipe and on SwiftShader,
// CUDA on a GPU.
#pragma once

#include "executor.h"

namespace ring::exec {

Opened open_cpu();
Opened open_lavapipe();
Opened open_lavapipe_core();
Opened open_swiftshader();
Opened open_cuda();

} // namespace ring::exec
