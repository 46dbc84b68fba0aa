#include "ir/transform/registry.h"

namespace ring::ir::transform {

const std::vector<PassInfo>& registry() {
  static const std::vector<PassInfo> kPasses{
      {"bounds", "clamp or trap accesses outside of a span"},
      {"clear-shared", "give small shared variables zeros at the beginning"},
      {"convert-by-halves", "convert u32 to f32 with one rounding on any device"},
      {"copy-arrays", "copy arrays element by element, for targets that print C"},
      {"emulate-int64", "make 64-bit integers of two 32-bit words"},
      {"emulate-narrow", "keep 8- and 16-bit integers in 32-bit ones"},
      {"expand-actors", "make kernels of actors and the protocol (once, before any target)"},
      {"expand-lazy", "turn lazily evaluated operands into branches"},
      {"expand-remainder", "divide, multiply and subtract for a signed remainder"},
      {"fold-constants", "compute what consists of literals only"},
      {"inline-references", "inline functions that take or return references"},
      {"lower-intrinsics", "call the library where the target has no such function"},
      {"lower-memory", "give buffers a layout that the target can describe"},
      {"lower-params", "turn kernel parameters into buffers and a params block"},
      {"narrow-integers", "use 32-bit arithmetic where 64 bits cannot make a difference"},
      {"observe-by-rmw", "read what the host writes by atomics that also write"},
      {"pass-ids", "hand ids to functions as parameters"},
      {"pass-spans", "hand bound spans to functions as parameters"},
      {"peel-guards", "copy loops over threads without the guard that all threads pass"},
      {"remove-dead", "remove what nothing uses"},
      {"resolve-pointers", "replace pointers and references by objects and indices"},
      {"split-barriers", "split kernels at barriers into loops over threads"},
      {"split-views", "split structs that hold references into their parts"},
  };
  return kPasses;
}

} // namespace ring::ir::transform
