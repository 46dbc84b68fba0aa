// Runs a target's passes in order, and shows and checks the module between them.
//
//   PassManagerOptions options{.print_after = {"all"}, .output = [](std::string_view s) {...}};
//   if (Status status = run_passes(module, passes, options); !status) ...
#pragma once

#include "ir/transform/pass.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ring::ir::transform {

struct PassManagerOptions {
  std::vector<std::string> print_before; // names of passes, or "all"
  std::vector<std::string> print_after;
  bool print_changed = false;
  std::string stop_after; // empty: run all
  bool verify_each = false;
  bool verify_roundtrip = false;
  /// Where dumps go; needed if any is asked for.
  std::function<void(std::string_view text)> output;
  /// Told how long each pass took; may be null.
  std::function<void(std::string_view pass, double seconds)> timing;
};

/// Stops at the first pass that fails. What --verify-each finds is a bug of ringcc: the diagnostics say
/// which pass left the module so. A name in the options that is no pass of the list is an error.
Status run_passes(Module& module, const std::vector<Pass>& passes, const PassManagerOptions& options);

} // namespace ring::ir::transform
