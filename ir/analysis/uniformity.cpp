#include "ir/analysis/uniformity.h"

#include "ir/analysis/properties.h"
#include "ir/analysis/uniformity_walk.h"
#include "ir/walk.h"

namespace ring::ir::analysis {
namespace {

bool is_split(Function& function) {
  bool found = false;
  for_each_stmt(function.body, [&](Stmt& stmt) { found |= stmt.is<ForEach>(); });
  return found;
}

/// One lane runs it, so whatever it does is common to all.
bool is_serial(const Function& function) {
  const RingKernel* ring = function.ring();
  return ring && ring->scope == RingScope::serial;
}

} // namespace

Diagnostics check_uniformity(Module& module) {
  Diagnostics diagnostics;
  for (Function& function : module.functions) {
    if (!function.kernel || is_serial(function) || is_split(function)) continue;
    if (!function.ring() && !is_convergent(function)) continue;
    uniformity::Walk(function, diagnostics).run();
  }
  return diagnostics;
}

} // namespace ring::ir::analysis
