// Which bound spans a function depends on, and the parameters by which a kernel takes them. Used by
// pass-spans and lower-params.
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"

#include <unordered_map>
#include <vector>

namespace ring::ir::transform {

/// For each function the bound spans that it uses itself or through what it calls, in the order of
/// the module. Functions without any are missing.
std::unordered_map<const Function*, std::vector<Global*>> used_bound_spans(const Module& module);

/// The parameter of the kernel that has the name of a bound span, appended if there is none; null,
/// with a diagnostic, if it has another type.
Local* bound_param(Module& module, Function& kernel, const Global& span, Diagnostics& problems);

} // namespace ring::ir::transform
