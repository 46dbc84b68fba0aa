// The passes for WGSL, in order.
#include "backends/common/bounds_policy.h"
#include "backends/wgsl/agree_on_branches.h"
#include "backends/wgsl/plain_values.h"
#include "backends/wgsl/return_after_loops.h"
#include "backends/wgsl/special_tables.h"
#include "backends/wgsl/wgsl.h"
#include "ir/transform/emulate_int64.h"
#include "ir/transform/emulate_narrow.h"
#include "ir/transform/expand_lazy.h"
#include "ir/transform/fold_constants.h"
#include "ir/transform/inline_references.h"
#include "ir/transform/lower_intrinsics.h"
#include "ir/transform/lower_memory.h"
#include "ir/transform/lower_params.h"
#include "ir/transform/narrow_integers.h"
#include "ir/transform/pass_ids.h"
#include "ir/transform/remove_dead.h"
#include "ir/transform/resolve_pointers.h"
#include "ir/transform/split_views.h"

namespace ring::backends::wgsl {

using ir::Module;
using ir::Status;
using ir::Success;

std::vector<ir::transform::Pass> legalize(const Options& options) {
  namespace transform = ir::transform;
  const ir::CapabilitySet capabilities = target().capabilities;
  const auto lower_intrinsics = [options, capabilities](Module& module) -> Status {
    if (!options.library) return Success{};
    return transform::lower_intrinsics(module, {.column = intrinsics::Target::wgsl,
                                                .library = *options.library,
                                                .capabilities = capabilities,
                                                .fast = options.fp == FloatMode::fast});
  };
  // A read out of range gives some value of the buffer; && and || are lazy as in C++.
  const transform::ExpandLazyConfig lazy{.logicals = false, .robust_loads = true};
  return {
      // Doubles that are only constants on their way to a float.
      {"fold-constants", transform::fold_constants},
      // Before inlining, for some of the library's functions take references.
      {"lower-intrinsics", lower_intrinsics},
      // WGSL's pointers are not values. From here on everything is an object, an index or a value.
      {"inline-references",
       [](Module& module) { return transform::inline_references(module, {}); }},
      {"split-views", transform::split_views},
      {"resolve-pointers", transform::resolve_pointers},
      // While spans still know their sizes, and accesses through pointers can be seen.
      {"bounds",
       [options](Module& module) {
         return transform::bounds(module, {.policy = bounds_policy(options.bounds),
                                           .sizes_have_32_bits = true,
                                           .robust_loads = true});
       }},
      {"lower-params", transform::lower_params},
      // Most 64-bit arithmetic is about indices and sizes, which have 32 bits here.
      {"narrow-integers", transform::narrow_integers},
      // Before emulation: what is dead need not be emulated.
      {"remove-dead", transform::remove_dead},
      // select() evaluates both values; the emulation of an index may hoist it out of its arm.
      {"expand-lazy", [lazy](Module& module) { return transform::expand_lazy(module, lazy); }},
      // Bytes first, while the types are still those of C++.
      {"lower-memory",
       [capabilities](Module& module) {
         return transform::lower_memory(module,
                                        {.capabilities = capabilities, .atomics_are_types = true});
       }},
      {"emulate-narrow",
       [capabilities](Module& module) {
         return transform::emulate_narrow(module, {.capabilities = capabilities});
       }},
      {"emulate-int64",
       [options](Module& module) -> Status {
         if (!options.library) return Success{};
         return transform::emulate_int64(module, {.library = *options.library});
       }},
      // What the functions of the emulation themselves ask for.
      {"lower-intrinsics-of-library", lower_intrinsics},
      // Their selects, and selects of what has become a struct.
      {"expand-lazy-of-library",
       [lazy](Module& module) { return transform::expand_lazy(module, lazy); }},
      {"plain-values", plain_values},
      // Behind all that makes branches and moves conditions; what is folded later becomes a
      // constant, which is uniform. In front of pass-ids, for the first thread is known by its id.
      {"agree-on-branches", agree_on_branches},
      // Ids are inputs of entry points.
      {"pass-ids", [](Module& module) { return transform::pass_ids(module); }},
      // Implementations fold constants too, and refuse those that overflow.
      {"fold-constants-last", transform::fold_constants},
      {"special-tables", special_tables},
      {"remove-dead-last", transform::remove_dead},
      // For wgpu; to the passes above it would be dead code.
      {"return-after-loops", return_after_loops},
  };
}

} // namespace ring::backends::wgsl
