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

} // namespace

Diagnostics check_uniformity(Module& module) {
  Diagnostics diagnostics;
  for (Function& function : module.functions) {
    if (!function.kernel || is_split(function) || !is_convergent(function)) continue;
    uniformity::Walk(function, diagnostics).run();
  }
  return diagnostics;
}

} // namespace ring::ir::analysis
