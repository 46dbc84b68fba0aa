// Which threads of a group go the same way. A barrier must be reached by all threads of its block
// or by none, a warp operation by all lanes of its warp; this analysis finds those that may not be.
//
//   for (const Diagnostic& problem : check_uniformity(module)) ...   // RC2101, with notes
//
// It walks the structured code once for each kind of group and carries, for each variable, whether
// it has one value for the whole group, and for each place, whether all threads of the group that
// entered the function together are there together. Functions are summarized for their callers.
// (After WGSL's uniformity analysis, chapter "Uniformity", which has the same rules in graph form.)
#pragma once

#include "ir/diagnostic.h"
#include "ir/module.h"

namespace ring::ir::analysis {

/// The module obeys all other rules of the verifier.
Diagnostics check_uniformity(Module& module);

} // namespace ring::ir::analysis
