// The passes for the CPU, in order.
#include "backends/common/bounds_policy.h"
#include "backends/cpu/cpu.h"
#include "ir/analysis/properties.h"
#include "ir/transform/clear_shared.h"
#include "ir/transform/copy_arrays.h"
#include "ir/transform/inline_references.h"
#include "ir/transform/lower_intrinsics.h"
#include "ir/transform/pass_spans.h"
#include "ir/transform/peel_guards.h"
#include "ir/transform/remove_dead.h"
#include "ir/transform/split_barriers.h"
#include "ir/walk.h"

namespace ring::backends::cpu {
namespace {

using ir::Function;
using ir::Module;
using ir::Status;
using ir::Success;

/// Only in the kernel itself is known whose turn it is: functions that ask for an id, or that the
/// kernel must be split at, become part of it.
bool depends_on_thread(const Function& function) {
  bool depends = ir::analysis::is_convergent(function);
  for_each_expr(const_cast<ir::Block&>(function.body), [&](ir::Expr*& expr) {
    const auto* intrinsic = expr->as<ir::Intrinsic>();
    const auto* call = expr->as<ir::Call>();
    if (intrinsic) {
      const auto category = intrinsics::find(intrinsic->id).category;
      depends = depends || category == intrinsics::Category::id;
    }
    depends = depends || (call && depends_on_thread(*call->callee));
  });
  return depends;
}

} // namespace

std::vector<ir::transform::Pass> legalize(const Options& options) {
  namespace transform = ir::transform;
  return {
      // The accesses that the user wrote, before anything is inlined or linked.
      {"bounds",
       [options](Module& module) {
         return transform::bounds(module, {.policy = bounds_policy(options.bounds)});
       }},
      // Behind bounds, which has to know the array of messages from the user's own spans.
      {"pass-spans", transform::pass_spans},
      // What the compiler has no built-in for is linked from the library.
      {"lower-intrinsics",
       [options](Module& module) -> Status {
         if (!options.library) return Success{};
         return transform::lower_intrinsics(module, {.column = intrinsics::Target::cpu,
                                                     .library = *options.library,
                                                     .capabilities = target().capabilities,
                                                     .fast = options.fp == FloatMode::fast});
       }},
      // A function cannot be split at a barrier apart from its kernel.
      {"inline-references",
       [](Module& module) {
         return transform::inline_references(module, {.must_inline = depends_on_thread});
       }},
      // Before split-barriers, so that no array is made for a value that nobody reads.
      {"remove-dead", transform::remove_dead},
      {"split-barriers", [](Module& module) { return transform::split_barriers(module); }},
      // Without the guard of the last block the inner loop vectorizes.
      {"peel-guards", transform::peel_guards},
      // For compilers that take a flag which one thread sets for one that nobody may have set.
      {"clear-shared", [](Module& module) { return transform::clear_shared(module); }},
      // What a thread computed for another part of the kernel, or for nobody.
      {"remove-dead-last", transform::remove_dead},
      // C++ has no assignment of arrays. Last: splitting stores whole arrays.
      {"copy-arrays", transform::copy_arrays},
  };
}

} // namespace ring::backends::cpu
