// The passes for CUDA C, in order.
#include "backends/common/bounds_policy.h"
#include "backends/cuda/cuda.h"
#include "ir/transform/copy_arrays.h"
#include "ir/transform/lower_intrinsics.h"
#include "ir/transform/pass_spans.h"
#include "ir/transform/remove_dead.h"

namespace ring::backends::cuda {

using ir::Module;
using ir::Status;
using ir::Success;

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
      // What CUDA has no function for is linked from the library.
      {"lower-intrinsics",
       [options](Module& module) -> Status {
         if (!options.library) return Success{};
         return transform::lower_intrinsics(module, {.column = intrinsics::Target::cuda,
                                                     .library = *options.library,
                                                     .capabilities = target().capabilities,
                                                     .fast = options.fp == FloatMode::fast});
       }},
      // Linking may bring in more than is called; the output is for people to read.
      {"remove-dead", transform::remove_dead},
      // C++ has no assignment of arrays. Last: the passes above may copy arrays.
      {"copy-arrays", transform::copy_arrays},
  };
}

} // namespace ring::backends::cuda
