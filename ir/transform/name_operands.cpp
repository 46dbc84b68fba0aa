#include "ir/transform/name_operands.h"

#include "ir/transform/flatten.h"
#include "ir/walk.h"

#include <unordered_set>

namespace ring::ir::transform {
namespace {

bool is_name(const Expr& expr) {
  const auto* load = expr.as<Load>();
  return expr.is<Literal>() || expr.is<LocalRef>() || (load && load->reference->is<LocalRef>());
}

} // namespace

void name_operands(Module& module, Block& block, const std::function<bool(const Expr&)>& chosen) {
  std::unordered_set<const Expr*> unnamed;
  for_each_expr(block, [&](Expr*& expr) {
    if (!chosen(*expr)) return;
    for_each_operand(*expr, [&](Expr*& operand) {
      if (!is_name(*operand)) unnamed.insert(operand);
    });
  });
  if (unnamed.empty()) return;
  FlattenConfig config;
  config.hoist = [&](const Expr& expr) { return unnamed.contains(&expr); };
  flatten(module, block, config);
}

} // namespace ring::ir::transform
