// One input file on its way to artefacts: the front end (or the IR parser), then for each target a
// copy of the module through that target's passes to its printer.
#pragma once

#include "backends/common/backend.h"
#include "ir/module.h"
#include "tools/ringcc/options.h"
#include "tools/ringcc/render.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ring::ringcc {

/// The state of one input: what is known so far, and all that went wrong.
struct Compilation {
  std::string input;
  SourceMap sources;
  ir::Diagnostics diagnostics;
  std::vector<std::string> dependencies;
  std::optional<ir::Module> module;
  /// The module after expand-actors, which every target starts from; none without actors.
  std::optional<ir::Module> expanded;

  /// By target name: what was emitted, and the kernels left out with the reason for each.
  struct Output {
    backends::Artefact artefact;
    std::map<std::string, std::string> omitted;
  };
  std::map<std::string, Output> outputs;

  /// Pass or phase, seconds; in order.
  std::vector<std::pair<std::string, double>> times;

  bool failed() const { return ir::has_errors(diagnostics); }
  const ir::Module& for_targets() const { return expanded ? *expanded : *module; }
};

/// Fills `module` from C++ or IR text and verifies it, then `expanded` if it has actors.
void read_module(Compilation& compilation, const Options& options);

/// Runs one target's pipeline. `asked_for`: a kernel that the target cannot do is an error instead
/// of being left out. Nothing is stored if there is nothing to emit.
void run_target(Compilation& compilation, const Options& options, const backends::Target& target,
                bool asked_for);

/// The module after the passes of a target, as text; what --emit=ir-final prints.
std::string final_ir(Compilation& compilation, const Options& options,
                     const backends::Target& target);

} // namespace ring::ringcc
