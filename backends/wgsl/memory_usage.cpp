#include "backends/wgsl/memory_usage.h"

#include "ir/transform/lower_memory_plan.h"
#include "ir/walk.h"

namespace ring::backends::wgsl {

using namespace ir;

const Global* root_of(const Expr& reference) { return transform::root_of(&reference); }

MemoryUsage memory_usage(const Module& module) {
  MemoryUsage usage;
  std::set<const Global*> loaded;
  std::set<const Global*> stored;
  for (const Function& function : module.functions) {
    auto& body = const_cast<Block&>(function.body); // visited, not changed
    for_each_stmt(body, [&](Stmt& stmt) {
      if (const auto* store = stmt.as<Store>()) stored.insert(root_of(*store->reference));
    });
    for_each_expr(body, [&](Expr*& expr) {
      if (const auto* load = expr->as<Load>()) loaded.insert(root_of(*load->reference));
      const auto* intrinsic = expr->as<Intrinsic>();
      if (!intrinsic) return;
      if (intrinsics::find(intrinsic->id).category != intrinsics::Category::atomic) return;
      const Global* root = root_of(*intrinsic->operands.front());
      usage.atomic.insert(root);
      loaded.insert(root);
      stored.insert(root);
    });
  }
  usage.atomic.erase(nullptr);
  for (const Global* global : loaded) {
    usage.storage_is_exchanged |=
        global && global->space == AddressSpace::storage && stored.contains(global);
  }
  return usage;
}

} // namespace ring::backends::wgsl
