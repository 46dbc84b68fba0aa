// Runs a target's passes in order, and shows or checks the module between them.
//
//   PassManagerOptions options{.print_after = {"all"}, .output = [](std::string_view t) {...}};
//   Status status = run_passes(module, passes, options);
#pragma once

#include "ir/transform/pass.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ring::ir::transform {

struct PassManagerOptions {
  /// Names of passes, or "all": the module is printed before or after them.
  std::vector<std::string> print_before;
  std::vector<std::string> print_after;
  /// Print the module after each pass that changed it, and say which did not.
  bool print_changed = false;
  /// The last pass to run; empty for all.
  std::string stop_after;
  /// Verify after each pass, with all capabilities: only the last pass owes what the target asks.
  bool verify_each = false;
  /// After each pass print the module, parse it and compare.
  bool verify_roundtrip = false;
  /// Where the dumps go, as text with a `//` line that names the pass.
  std::function<void(std::string_view)> output = {};
  /// Told the seconds that each pass took.
  std::function<void(std::string_view pass, double seconds)> timing = {};
};

/// Ends at the first pass that reports errors. A name in the options that no pass of ringcc has is
/// an error; one that only another target's list has is not. What verify_each and verify_roundtrip
/// find is a bug in the pass: an internal error (RC2901) that names it, with the violations after
/// it.
Status run_passes(Module& module, const std::vector<Pass>& passes,
                  const PassManagerOptions& options = {});

} // namespace ring::ir::transform
