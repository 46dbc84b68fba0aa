// How much of what a device has only so much of a kernel takes: block-shared memory and buffers.
// Asked after a target's passes, when types and bindings are those that the target will see.
//
//   for (Diagnostic& problem : exceeded_by(kernel, "WGSL", {.shared_bytes = 16384})) ...
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ring::ir::analysis {

struct KernelResources {
  std::vector<const Global*> shared;  // block-shared variables of the kernel and of what it calls
  std::uint64_t shared_bytes = 0;     // all of them, laid out one after the other
  std::vector<const Global*> buffers; // its bindings
};

KernelResources resources_of(const Function& kernel);

/// What every implementation of a target grants; nothing where each device says for itself.
struct Limits {
  std::optional<std::uint64_t> shared_bytes = {};
  /// Of one kernel, the one of its parameters included.
  std::optional<std::size_t> storage_buffers = {};
};

/// A limit_exceeded error (RC3003) at the kernel for each limit that it needs more of.
Diagnostics exceeded_by(const Function& kernel, std::string_view target, const Limits& limits);

} // namespace ring::ir::analysis
