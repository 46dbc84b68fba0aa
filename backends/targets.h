// All targets, in the order in which artefacts are made. SPIR-V stands here twice: `spirv` is the
// full profile, `spirv-core` the one without 8-, 16- and 64-bit types.
#pragma once

#include "backends/common/backend.h"
#include "ir/analysis/kernel_requirements.h"

#include <string_view>
#include <vector>

namespace ring::backends {

const std::vector<Target>& all_targets();

/// Null if there is none of that name.
const Target* find_target(std::string_view name);

/// The target as far as what kernels need goes.
ir::analysis::TargetFacts facts_of(const Target& target);

} // namespace ring::backends
