// The verifier is the only way to a VerifiedModule, and a printer takes nothing else: what has not
// been checked cannot be emitted.
#pragma once

#include "ir/capability.h"
#include "ir/module.h"
#include "ir/result.h"

#include <utility>

namespace ring::ir {

/// A module that obeyed every rule at the moment of its check. Read-only.
class VerifiedModule {
public:
  const Module& operator*() const { return *module_; }
  const Module* operator->() const { return module_; }

private:
  friend Result<VerifiedModule> verify(Module& module, const CapabilitySet& capabilities);
  explicit VerifiedModule(const Module& module) : module_(&module) {}

  const Module* module_;
};

/// Everything: the front end's output has no target yet.
CapabilitySet all_capabilities();

/// Checks types, address spaces, the place of effects, structure (break, continue, return),
/// uniform control flow at barriers and warp operations, and that only the given capabilities are
/// used. All violations are reported, each at its place. The result refers to `module`, which must
/// outlive it and stay as it is.
Result<VerifiedModule> verify(Module& module, const CapabilitySet& capabilities);

} // namespace ring::ir
