#include "ir/transform/bound_spans.h"

#include "ir/walk.h"

#include <set>

namespace ring::ir::transform {

std::unordered_map<const Function*, std::vector<Global*>> used_bound_spans(const Module& module) {
  std::unordered_map<const Function*, std::vector<Global*>> used;
  for (const Function& function : module.functions) { // callees come first
    std::set<const Global*> found;
    for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
      const auto* ref = expr->as<GlobalRef>();
      if (ref && ref->global->space == AddressSpace::launch) found.insert(ref->global);
      const auto* call = expr->as<Call>();
      const auto callee = call ? used.find(call->callee) : used.end();
      if (callee != used.end()) found.insert(callee->second.begin(), callee->second.end());
    });
    if (found.empty()) continue;
    std::vector<Global*>& spans = used[&function];
    for (const Global& global : module.globals) {
      if (found.contains(&global)) spans.push_back(const_cast<Global*>(&global));
    }
  }
  return used;
}

Local* bound_param(Module& module, Function& kernel, const Global& span, Diagnostics& problems) {
  for (Local* param : kernel.params) {
    if (param->name != span.name) continue;
    if (param->type == span.type) return param;
    problems.push_back(error(DiagnosticId::invalid_module, kernel.loc,
                             "the parameter '" + param->name + "' of the kernel '" + kernel.name +
                                 "' is '" + to_string(param->type) +
                                 "', but the bound span of that name is '" + to_string(span.type) +
                                 "'"));
    return nullptr;
  }
  Local* param = module.local(Local::Kind::param, span.name, span.type, kernel.loc);
  kernel.params.push_back(param);
  return param;
}

} // namespace ring::ir::transform
