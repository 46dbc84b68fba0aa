#include "ir/transform/expand_lazy.h"

#include "ir/analysis/properties.h"
#include "ir/transform/flatten.h"

namespace ring::ir::transform {

Status expand_lazy(Module& module, const ExpandLazyConfig& config) {
  const auto is_safe = [&](const Expr& arm) {
    return analysis::is_speculatable(arm, config.robust_loads);
  };
  FlattenConfig lazy;
  lazy.expand = [&](const Expr& expr) {
    if (const auto* select = expr.as<Select>()) {
      return config.selects && !(is_safe(*select->if_true) && is_safe(*select->if_false));
    }
    if (const auto* logical = expr.as<Logical>()) return config.logicals && !is_safe(*logical->rhs);
    return false;
  };
  for (Function& function : module.functions)
    flatten(module, function.body, lazy);
  return Success{};
}

} // namespace ring::ir::transform
