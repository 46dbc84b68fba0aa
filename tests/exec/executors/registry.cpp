#include "executor.h"

#include "cuda_shim_executor.h"
#include "runtime_executor.h"
#include "webgpu_executor.h"

#include <array>

namespace ring::exec {

std::span<const ExecutorEntry> all_executors() {
  static constexpr std::array<ExecutorEntry, 9> kExecutors{{
      {"cpu", "C++ of the CPU target on the CPU runtime", true, open_cpu},
      {"lavapipe", "SPIR-V, full profile, on the Vulkan runtime over Mesa's lavapipe", true,
       open_lavapipe},
      {"lavapipe_core", "the same with the core profile", true, open_lavapipe_core},
      {"swiftshader", "SPIR-V, core profile, on the Vulkan runtime over SwiftShader", true,
       open_swiftshader},
      {"dawn", "WGSL in Dawn (Tint) over SwiftShader", true, open_dawn},
      {"wgpu", "WGSL in wgpu (naga) over lavapipe", true, open_wgpu},
      {"chromium", "WGSL in a page in Chromium", true, open_chromium},
      {"cuda_shim", "CUDA C compiled by the host compiler, threads as fibres", true,
       open_cuda_shim},
      {"cuda", "CUDA C on the CUDA runtime and a GPU", false, open_cuda},
  }};
  return kExecutors;
}

} // namespace ring::exec
