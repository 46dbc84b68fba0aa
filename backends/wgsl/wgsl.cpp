#include "backends/wgsl/wgsl.h"

#include "backends/wgsl/printer.h"

namespace ring::backends::wgsl {

Target target() {
  return {.name = "wgsl",
          .option = "wgsl",
          .display_name = "WGSL",
          .suffix = ".wgsl",
          .column = intrinsics::Target::wgsl,
          .capabilities = {ir::Capability::subgroups},
          // The default limits of WebGPU, maxComputeWorkgroupStorageSize and
          // maxStorageBuffersPerShaderStage (WebGPU, 3.6.2): every device has these.
          .limits = {.shared_bytes = 16384, .storage_buffers = 8},
          // Implementations of WebGPU clamp anyway; said here, the rule is the same everywhere.
          .default_bounds = BoundsMode::clamp,
          .checkers = {{"tint", {"--validate", "{}"}}, {"naga", {"{}"}}},
          .legalize = legalize,
          .emit = emit};
}

ir::Result<Artefact> emit(const ir::VerifiedModule& module, const Options&) {
  return Artefact{Printer(*module).print()};
}

} // namespace ring::backends::wgsl
