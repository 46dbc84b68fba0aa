#include "ir/transform/bound_spans.h"

#include "ir/clone.h"
#include "ir/unique_name.h"
#include "ir/walk.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ring::ir::transform {
namespace {

/// Which kernels can share what bound spans become: those whose parameters are the same.
class Grouping {
public:
  explicit Grouping(Module& module) : module_(module), used_(used_bound_spans(module)) {}

  /// Gives kernels the parameters that they lack.
  Result<std::vector<KernelGroup>> run() {
    std::vector<KernelGroup> groups;
    for (Function& function : module_.functions) {
      if (!function.global()) continue;
      const auto spans = used_.find(&function);
      if (spans == used_.end()) {
        groups.push_back({{&function}, {}, {}});
        continue;
      }
      for (const Global* span : spans->second)
        bound_param(module_, function, *span, problems_);
      add_sharing(function, spans->second, groups);
    }
    if (!problems_.empty()) return problems_;
    bool is_first = true;
    for (KernelGroup& group : groups) {
      if (group.spans.empty()) continue;
      for (Function* kernel : group.kernels)
        add_callees(*kernel, group);
      if (!std::exchange(is_first, false)) copy(group);
    }
    return groups;
  }

private:
  static bool same_params(const Function& a, const Function& b) {
    return std::equal(
        a.params.begin(), a.params.end(), b.params.begin(), b.params.end(),
        [](const Local* x, const Local* y) { return x->name == y->name && x->type == y->type; });
  }

  static void add_sharing(Function& kernel, const std::vector<Global*>& spans,
                          std::vector<KernelGroup>& groups) {
    auto group = std::find_if(groups.begin(), groups.end(), [&](const KernelGroup& candidate) {
      return !candidate.spans.empty() && same_params(*candidate.kernels.front(), kernel);
    });
    if (group == groups.end()) group = groups.insert(groups.end(), KernelGroup{});
    group->kernels.push_back(&kernel);
    for (Global* span : spans)
      group->spans.emplace(span->name, span);
  }

  /// Callees first.
  void add_callees(Function& function, KernelGroup& group) {
    for_each_expr(function.body, [&](Expr*& expr) {
      const auto* call = expr->as<Call>();
      if (!call || !used_.contains(call->callee)) return;
      const auto& known = group.functions;
      if (std::find(known.begin(), known.end(), call->callee) != known.end()) return;
      add_callees(*call->callee, group);
      group.functions.push_back(call->callee);
    });
  }

  /// A function reads the sizes of its spans from one place, so kernels whose parameters differ
  /// have functions and spans of their own.
  void copy(KernelGroup& group) {
    Cloner cloner(module_);
    for (auto& [param, span] : group.spans) {
      const std::string name = unique_name(module_.globals, span->name);
      Global& made = module_.globals.emplace_back(*span);
      made.name = name;
      cloner.globals[span] = &made;
      span = &made;
    }
    for (Function*& function : group.functions) {
      Function made = *function;
      made.name = unique_name(module_.functions, function->name);
      for (Local*& param : made.params)
        param = cloner.declare(param);
      made.body = cloner.block(function->body);
      cloner.functions[function] = &module_.functions.emplace_back(std::move(made));
      function = &module_.functions.back();
    }
    for (Function* kernel : group.kernels) {
      for_each_expr(kernel->body, [&](Expr*& expr) {
        auto* ref = expr->as<GlobalRef>();
        auto* call = expr->as<Call>();
        if (ref && cloner.globals.contains(ref->global))
          ref->global = cloner.globals.at(ref->global);
        if (call && cloner.functions.contains(call->callee))
          call->callee = cloner.functions.at(call->callee);
      });
    }
  }

  Module& module_;
  std::unordered_map<const Function*, std::vector<Global*>> used_;
  Diagnostics problems_;
};

} // namespace

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

Result<std::vector<KernelGroup>> group_kernels(Module& module) { return Grouping(module).run(); }

} // namespace ring::ir::transform
