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
  return {target.display_name, target.capabilities, target.column};
}

} // namespace ring::backends
