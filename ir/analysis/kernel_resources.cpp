#include "ir/analysis/kernel_resources.h"

#include "ir/walk.h"

#include <algorithm>
#include <set>
#include <string>

namespace ring::ir::analysis {
namespace {

std::uint64_t round_up(std::uint64_t value, std::uint64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

class Collector {
public:
  explicit Collector(KernelResources& result) : result_(result) {}

  void visit(const Function& function) {
    if (!functions_.insert(&function).second) return;
    auto& body = const_cast<Block&>(function.body); // visited, not changed
    for_each_expr(body, [&](Expr*& expr) {
      if (const auto* call = expr->as<Call>()) visit(*call->callee);
      if (const auto* ref = expr->as<GlobalRef>()) visit(*ref->global);
    });
  }

private:
  void visit(const Global& global) {
    if (global.space != AddressSpace::workgroup) return;
    if (std::ranges::find(result_.shared, &global) != result_.shared.end()) return;
    result_.shared.push_back(&global);
    result_.shared_bytes =
        round_up(result_.shared_bytes, align_of(global.type)) + size_of(global.type);
  }

  KernelResources& result_;
  std::set<const Function*> functions_;
};

std::string message(const Function& kernel, std::string_view target, std::uint64_t needed,
                    std::string_view what, std::uint64_t granted) {
  return "kernel '" + kernel.name + "' needs " + std::to_string(needed) + " " + std::string(what) +
         "; " + std::string(target) + " grants " + std::to_string(granted);
}

} // namespace

KernelResources resources_of(const Function& kernel) {
  KernelResources resources;
  Collector(resources).visit(kernel);
  resources.buffers.assign(kernel.kernel->bindings.begin(), kernel.kernel->bindings.end());
  return resources;
}

Diagnostics exceeded_by(const Function& kernel, std::string_view target, const Limits& limits) {
  const KernelResources resources = resources_of(kernel);
  Diagnostics problems;
  if (limits.shared_bytes && resources.shared_bytes > *limits.shared_bytes) {
    std::vector<Diagnostic::Note> notes;
    for (const Global* global : resources.shared) {
      notes.push_back({global->loc, "'" + global->name + "' takes " +
                                        std::to_string(size_of(global->type)) + " bytes"});
    }
    problems.push_back(error(DiagnosticId::limit_exceeded, kernel.loc,
                             message(kernel, target, resources.shared_bytes,
                                     "bytes of block-shared memory", *limits.shared_bytes),
                             std::move(notes)));
  }
  if (limits.storage_buffers && resources.buffers.size() > *limits.storage_buffers) {
    problems.push_back(
        error(DiagnosticId::limit_exceeded, kernel.loc,
              message(kernel, target, resources.buffers.size(),
                      "buffers (its spans, and one for its parameters)", *limits.storage_buffers)));
  }
  return problems;
}

} // namespace ring::ir::analysis
