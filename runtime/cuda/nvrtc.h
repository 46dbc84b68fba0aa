// Compiles a module's CUDA C with NVRTC, for builds that had no nvcc. libnvrtc is opened at the
// first use; its ABI is that of the NVRTC reference.
#pragma once

#include <ring/module_image.h>
#include <ring/result.h>

#include <string>

namespace ring::runtime::cuda {

/// Machine code for a device of compute capability major.minor, or PTX when NVRTC is older than the
/// device: both are what cuModuleLoadData takes.
Result<std::string> compile_with_nvrtc(const ModuleImage& module, int major, int minor);

} // namespace ring::runtime::cuda
