// What every back end gives to the driver: a name, what the target can do, the passes that bring a
// module down to that, and a printer. Each backends/<target>/ declares one function that returns
// its Target; the printer decides nothing (passes think, printers print).
//
//   const Target target = backends::cuda::target();
//   for (const Pass& pass : target.legalize(options)) pass.run(module);
//   auto verified = ir::verify(module, target.capabilities);
//   Result<Artefact> artefact = target.emit(*verified, options);
#pragma once

#include "intrinsics/table.h"
#include "ir/analysis/kernel_resources.h"
#include "ir/capability.h"
#include "ir/transform/pass.h"
#include "ir/verifier.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ring::backends {

/// What reading or writing outside a span does (SEMANTICS.md, "Arithmetic and memory in kernels").
enum class BoundsMode : std::uint8_t { off, clamp, trap };

/// `strict`: no contraction and no reassociation. `fast` permits both.
enum class FloatMode : std::uint8_t { strict, fast };

/// What a SPIR-V module is for; each takes the newest SPIR-V that it
/// guarantees: 1.3, 1.4, 1.5, 1.6.
enum class SpirvEnvironment : std::uint8_t { vulkan1_1, vulkan1_1_spirv1_4, vulkan1_2, vulkan1_3 };

struct Options {
  BoundsMode bounds = BoundsMode::off;
  FloatMode fp = FloatMode::strict;
  /// Map the generated source back to the user's: `#line`, OpLine.
  bool line_directives = true;
  SpirvEnvironment spirv_environment = SpirvEnvironment::vulkan1_2;
  /// -O: SPIR-V goes through spirv-opt.
  int optimize = 0;
  /// The library module that passes link functions from; null while the library itself is compiled.
  /// Must outlive the passes.
  const ir::Module* library = nullptr;
};

/// Source text, or the words of a SPIR-V module.
using Artefact = std::variant<std::string, std::vector<std::uint32_t>>;

/// A compiler of the artefact for --check to run, where it is installed.
struct Checker {
  std::string_view program;
  std::vector<std::string_view> arguments; // "{}" stands for the file
};

struct Target {
  std::string_view name;         // of the artefact: "spirv-core"
  std::string_view option;       // what makes it, as in --target=: "spirv"
  std::string_view display_name; // as people write it: "SPIR-V core"
  std::string_view suffix;       // of the artefact's file: ".cu", ".core.spv"
  intrinsics::Target column;     // of the intrinsic table
  ir::CapabilitySet capabilities;
  ir::analysis::Limits limits = {};
  BoundsMode default_bounds = BoundsMode::off; // without --bounds=
  std::vector<Checker> checkers = {};          // the first that is installed is run
  /// The ordered list of passes from the front end's module to one that emit() accepts.
  std::vector<ir::transform::Pass> (*legalize)(const Options& options);
  ir::Result<Artefact> (*emit)(const ir::VerifiedModule& module, const Options& options);
};

} // namespace ring::backends
