// The passes for SPIR-V, in order. The two profiles differ in their capabilities only: a pass that
// has nothing to emulate does nothing.
#include "backends/common/bounds_policy.h"
#include "backends/spirv/spirv.h"
#include "ir/transform/convert_by_halves.h"
#include "ir/transform/emulate_int64.h"
#include "ir/transform/emulate_narrow.h"
#include "ir/transform/expand_lazy.h"
#include "ir/transform/expand_remainder.h"
#include "ir/transform/fold_constants.h"
#include "ir/transform/inline_references.h"
#include "ir/transform/lower_intrinsics.h"
#include "ir/transform/lower_memory.h"
#include "ir/transform/lower_params.h"
#include "ir/transform/narrow_integers.h"
#include "ir/transform/observe_by_rmw.h"
#include "ir/transform/pass_ids.h"
#include "ir/transform/remove_dead.h"
#include "ir/transform/resolve_pointers.h"
#include "ir/transform/split_views.h"

namespace ring::backends::spirv {
namespace {

using ir::Capability;
using ir::CapabilitySet;
using ir::Module;
using ir::Status;
using ir::Success;

constexpr CapabilitySet kCore{Capability::subgroups, Capability::byte_layout};
constexpr CapabilitySet kFull{
    Capability::subgroups, Capability::byte_layout, Capability::int8,         Capability::int16,
    Capability::int64,     Capability::float64,     Capability::int64_atomics};

/// Each Vulkan device has its own; the runtime compares with them.
constexpr ir::analysis::Limits kLimits{};

std::vector<ir::transform::Pass> legalize(const Options& options, CapabilitySet capabilities) {
  namespace transform = ir::transform;
  const auto lower_intrinsics = [options, capabilities](Module& module) -> Status {
    if (!options.library) return Success{};
    return transform::lower_intrinsics(module, {.column = intrinsics::Target::spirv,
                                                .library = *options.library,
                                                .capabilities = capabilities,
                                                .fast = options.fp == FloatMode::fast});
  };
  // Nothing in SPIR-V is lazy, and a read out of range is undefined.
  const transform::ExpandLazyConfig lazy{.selects = true, .logicals = true, .robust_loads = false};
  std::vector<transform::Pass> passes{
      // Doubles that are only constants on their way to a float.
      {"fold-constants", transform::fold_constants},
      // Before inlining, for some of the library's functions take references.
      {"lower-intrinsics", lower_intrinsics},
      // Mesa's llvmpipe takes an atomic load out of the loop that waits for the host. While types
      // are
      // those of C++, and the library's own loads have been linked.
      {"observe-by-rmw", transform::observe_by_rmw},
      // Logical addressing has no pointers as values.
      {"inline-references",
       [](Module& module) { return transform::inline_references(module, {}); }},
      {"split-views", transform::split_views},
      {"resolve-pointers", transform::resolve_pointers},
      // While spans still know their sizes, and accesses through pointers can be seen.
      {"bounds",
       [options](Module& module) {
         return transform::bounds(
             module, {.policy = bounds_policy(options.bounds), .sizes_have_32_bits = true});
       }},
      {"lower-params", transform::lower_params},
      // Counts and indices of buffers fit 32 bits here.
      {"narrow-integers", transform::narrow_integers},
      // Before emulation: what is dead need not be emulated.
      {"remove-dead", transform::remove_dead},
      {"expand-lazy", [lazy](Module& module) { return transform::expand_lazy(module, lazy); }},
      // Bytes first, while the types are still those of C++.
      {"lower-memory",
       [capabilities](Module& module) {
         return transform::lower_memory(module, {.capabilities = capabilities});
       }},
      {"emulate-narrow",
       [capabilities](Module& module) {
         return transform::emulate_narrow(module, {.capabilities = capabilities});
       }},
  };
  if (!capabilities.has(Capability::int64)) {
    passes.push_back({"emulate-int64", [options](Module& module) -> Status {
                        if (!options.library) return Success{};
                        return transform::emulate_int64(module, {.library = *options.library});
                      }});
    // What the functions of the emulation themselves ask for.
    passes.push_back({"lower-intrinsics-of-library", lower_intrinsics});
    // Devices of this profile, SwiftShader, may round OpConvertUToF twice. The library's own, too.
    passes.push_back({"convert-by-halves", transform::convert_by_halves});
  }
  // The library's own lazy expressions.
  passes.push_back({"expand-lazy-of-library",
                    [lazy](Module& module) { return transform::expand_lazy(module, lazy); }});
  // Vulkan leaves OpSRem of a negative operand undefined ("Precision and Operation of SPIR-V
  // Instructions"). Behind all that makes integer arithmetic.
  passes.push_back({"expand-remainder", transform::expand_remainder});
  // All functions can ask for ids, but how large a block is only the entry point knows.
  passes.push_back({"pass-ids", [](Module& module) {
                      return transform::pass_ids(module, {.extents_only = true});
                    }});
  passes.push_back({"remove-dead-last", transform::remove_dead});
  return passes;
}

} // namespace

Target full_target() {
  return {.name = "spirv",
          .option = "spirv",
          .display_name = "SPIR-V",
          .suffix = ".spv",
          .column = intrinsics::Target::spirv,
          .capabilities = kFull,
          .limits = kLimits,
          .legalize = [](const Options& options) { return legalize(options, kFull); },
          .emit = emit};
}

Target core_target() {
  return {.name = "spirv-core",
          .option = "spirv",
          .display_name = "SPIR-V core",
          .suffix = ".core.spv",
          .column = intrinsics::Target::spirv,
          .capabilities = kCore,
          .limits = kLimits,
          .legalize = [](const Options& options) { return legalize(options, kCore); },
          .emit = emit};
}

} // namespace ring::backends::spirv
