// Matches the launches of a case with the kernels of a module, and gives what executors without a
// runtime of ours need to start them.
#pragma once

#include "../case.h"

#include <ring/loaded_module.h>

#include <cstddef>
#include <string>
#include <vector>

namespace ring::exec {

struct LaunchPlan {
  std::vector<const KernelImage*> kernels; ///< of each launch
  std::string error;                       ///< empty, or where case and module disagree
};

/// Checks that the module's artefact for `target` has every kernel that the case launches, with the
/// block and the parameters that the case was written for.
LaunchPlan plan_launches(const LoadedModule& module, const Case& c, Target target);

/// Why the target's artefact lacks a kernel of the case; empty if it lacks none.
std::string reason_for_absence(const LoadedModule& module, const Case& c, Target target);

/// The params block of Vulkan and WGSL: values at their offsets, a span as the number of its
/// elements.
std::vector<std::byte> pack_params(const KernelImage& kernel, const Launch& launch, const Case& c);

/// The text for a trap record that a kernel has written; empty if it has not. `words` is
/// ring_trap's memory.
std::string describe_trap(const KernelImage& kernel, const std::vector<std::byte>& words);

} // namespace ring::exec
