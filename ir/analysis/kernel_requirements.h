// What each kernel needs that no emulation can supply: 64-bit floats, 64-bit atomics, warp
// operations, ... The driver leaves a kernel out of a target that lacks something it needs, or
// reports that, if the target was asked for.
//
//   for (const KernelRequirements& kernel : kernel_requirements(module))
//     if (auto problems = missing_on(kernel, wgsl, all_targets); !problems.empty()) ...
#pragma once

#include "intrinsics/table.h"
#include "ir/capability.h"
#include "ir/diagnostic.h"
#include "ir/module.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ring::ir::analysis {

/// One thing that a kernel needs, with the place where it first does.
struct Requirement {
  std::optional<Capability> capability;    // a capability,
  std::optional<intrinsics::Id> intrinsic; // or a row of the table
  Loc loc;
  std::string construct; // "64-bit float", "atomic operation on a 64-bit type", "ring::fence"
};

struct KernelRequirements {
  const Function* kernel;
  std::vector<Requirement> requirements; // in the order of their first places

  CapabilitySet capabilities() const;
};

/// For each kernel of the module, in order; what its callees need is what it needs. Any stage of
/// the pipeline will do, best before the passes.
std::vector<KernelRequirements> kernel_requirements(const Module& module);

/// A target as far as requirements go.
struct TargetFacts {
  std::string_view display_name; // "WGSL"
  CapabilitySet capabilities;
  intrinsics::Target column;
};

/// A missing_capability error (RC3001) for each requirement that `target` cannot meet; each names
/// the target, the construct and those of `all` that can.
Diagnostics missing_on(const KernelRequirements& kernel, const TargetFacts& target,
                       std::span<const TargetFacts> all);

} // namespace ring::ir::analysis
