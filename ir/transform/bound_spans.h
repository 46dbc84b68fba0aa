// Which bound spans a function depends on, and the parameters by which a kernel takes them. Used by
// pass-spans and lower-params.
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"
#include "ir/result.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace ring::ir::transform {

/// For each function the bound spans that it uses itself or through what it calls, in the order of
/// the module. Functions without any are missing.
std::unordered_map<const Function*, std::vector<Global*>> used_bound_spans(const Module& module);

/// The parameter of the kernel that has the name of a bound span, appended if there is none; null,
/// with a diagnostic, if it has another type.
Local* bound_param(Module& module, Function& kernel, const Global& span, Diagnostics& problems);

/// Kernels that take the same parameters from one launch: one that uses no bound spans, or all
/// whose parameters are equal among those that do.
struct KernelGroup {
  std::vector<Function*> kernels;
  std::map<std::string, Global*> spans; // bound ones that they use, by the parameter's name
  std::vector<Function*> functions;     // that use them, callees first
};

/// All global kernels in groups, each with a parameter for every bound span that it uses. Functions
/// and bound spans belong to one group: a second group gets copies, which stand behind everything,
/// so order_functions() has to run afterwards.
Result<std::vector<KernelGroup>> group_kernels(Module& module);

} // namespace ring::ir::transform
