#include "ir/transform/pass_manager.h"

#include "ir/equal.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/verifier.h"

#include <algorithm>
#include <chrono>

namespace ring::ir::transform {
namespace {

bool selects(const std::vector<std::string>& names, const std::string& pass) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return name == "all" || name == pass; });
}

Diagnostics check_names(const std::vector<Pass>& passes, const PassManagerOptions& options) {
  std::vector<std::string> names = options.print_before;
  names.insert(names.end(), options.print_after.begin(), options.print_after.end());
  if (!options.stop_after.empty()) names.push_back(options.stop_after);
  Diagnostics unknown;
  for (const std::string& name : names) {
    const bool known = name == "all" || std::any_of(passes.begin(), passes.end(), [&](const Pass& pass) {
                         return pass.name == name;
                       });
    if (!known) {
      unknown.push_back(error(DiagnosticId::bad_option, {},
                              "this target has no pass '" + name + "' (see ringcc --list-passes)"));
    }
  }
  return unknown;
}

void dump(const Module& module, const std::string& when, const std::string& pass,
          const PassManagerOptions& options) {
  options.output("// IR " + when + " " + pass + "\n" + print(module) + "\n");
}

/// Says which pass left the module in the state that the diagnostics complain about.
Diagnostics blame(Diagnostics diagnostics, const std::string& pass) {
  for (Diagnostic& diagnostic : diagnostics) {
    diagnostic.message = "internal error after pass '" + pass + "': " + diagnostic.message;
  }
  return diagnostics;
}

Status check(Module& module, const std::string& pass, const PassManagerOptions& options) {
  if (options.verify_each) {
    const auto verified = verify(module, all_capabilities());
    if (!verified) return blame(verified.diagnostics(), pass);
  }
  if (options.verify_roundtrip) {
    const auto parsed = parse(print(module), "<round trip>");
    if (!parsed) return blame(parsed.diagnostics(), pass);
    if (!equal(module, *parsed)) {
      return error(DiagnosticId::invalid_module, {},
                   "internal error after pass '" + pass +
                       "': the module does not survive printing and parsing");
    }
  }
  return Success{};
}

} // namespace

Status run_passes(Module& module, const std::vector<Pass>& passes,
                  const PassManagerOptions& options) {
  if (Diagnostics unknown = check_names(passes, options); !unknown.empty()) return unknown;
  std::string last_text = options.print_changed ? print(module) : std::string();
  for (const Pass& pass : passes) {
    if (selects(options.print_before, pass.name)) dump(module, "before", pass.name, options);
    const auto start = std::chrono::steady_clock::now();
    const Status status = pass.run(module);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    if (options.timing) options.timing(pass.name, taken.count());
    if (!status) return status;
    if (selects(options.print_after, pass.name)) dump(module, "after", pass.name, options);
    if (options.print_changed) {
      std::string text = print(module);
      if (text != last_text) dump(module, "changed by", pass.name, options);
      last_text = std::move(text);
    }
    if (const Status checked = check(module, pass.name, options); !checked) return checked;
    if (pass.name == options.stop_after) break;
  }
  return Success{};
}

} // namespace ring::ir::transform
