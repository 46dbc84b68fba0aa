#include "backends/targets.h"

#include "backends/cpu/cpu.h"
#include "backends/cuda/cuda.h"
#include "backends/spirv/spirv.h"
#include "backends/wgsl/wgsl.h"

#include <algorithm>

namespace ring::backends {

const std::vector<Target>& all_targets() {
  static const std::vector<Target> kTargets{cuda::target(), spirv::full_target(),
                                            spirv::core_target(), wgsl::target(), cpu::target()};
  return kTargets;
}

const Target* find_target(std::string_view name) {
  const auto found = std::find_if(all_targets().begin(), all_targets().end(),
                                  [&](const Target& target) { return target.name == name; });
  return found == all_targets().end() ? nullptr : &*found;
}

ir::analysis::TargetFacts facts_of(const Target& target) {
  if (target.name == "cuda") return {"CUDA", target.capabilities, intrinsics::Target::cuda};
  if (target.name == "spirv") return {"SPIR-V", target.capabilities, intrinsics::Target::spirv};
  if (target.name == "spirv-core") return {"SPIR-V core", target.capabilities, intrinsics::Target::spirv};
  if (target.name == "wgsl") return {"WGSL", target.capabilities, intrinsics::Target::wgsl};
  return {"CPU", target.capabilities, intrinsics::Target::cpu};
}

} // namespace ring::backends
