// Inlines every call of the functions that a target cannot call: for targets without pointers those
// that take or give references, pointers, spans or views; for the CPU those with a barrier, which
// the kernel must be split at. The inlined functions are gone afterwards, kernels excepted.
//
// A callee that is one expression takes the place of its call; any other is written before the
// statement of the call, with lets for the arguments that may change meanwhile.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

#include <functional>

namespace ring::ir::transform {

/// Some parameter or the result is or contains a reference, a pointer or a span, or is a view.
bool passes_references(const Function& function);

struct InlineReferencesConfig {
  std::function<bool(const Function&)> must_inline = passes_references;
};

Status inline_references(Module& module, const InlineReferencesConfig& config = {});

} // namespace ring::ir::transform
