#include "ir/function_order.h"

#include "ir/walk.h"

#include <functional>
#include <map>

namespace ring::ir {

void order_functions(Module& module) {
  std::deque<Function> ordered;
  std::map<const Function*, Function*> moved; // null while its callees are being placed
  const std::function<void(Function&)> place = [&](Function& function) {
    if (!moved.try_emplace(&function, nullptr).second) return;
    for_each_expr(function.body, [&](Expr*& expr) {
      if (auto* call = expr->as<Call>()) place(*call->callee);
    });
    moved[&function] = &ordered.emplace_back(std::move(function));
  };
  for (Function& function : module.functions)
    place(function);
  for (Function& function : ordered) {
    for_each_expr(function.body, [&](Expr*& expr) {
      if (auto* call = expr->as<Call>()) call->callee = moved.at(call->callee);
    });
  }
  module.functions = std::move(ordered);
}

} // namespace ring::ir
