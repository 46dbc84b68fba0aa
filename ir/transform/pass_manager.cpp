#include "ir/transform/pass_manager.h"

#include "ir/equal.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/transform/registry.h"
#include "ir/verifier.h"

#include <algorithm>
#include <chrono>

namespace ring::ir::transform {
namespace {

bool names(const std::vector<std::string>& wanted, const std::string& pass) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const std::string& name) { return name == pass || name == "all"; });
}

/// A name that is no pass of this list may be one of another target; one that is no pass at all is
/// a mistake.
Diagnostics unknown_names(const std::vector<Pass>& passes, const PassManagerOptions& options) {
  std::vector<std::string> asked = options.print_before;
  asked.insert(asked.end(), options.print_after.begin(), options.print_after.end());
  if (!options.stop_after.empty()) asked.push_back(options.stop_after);
  Diagnostics unknown;
  for (const std::string& name : asked) {
    const auto is_it = [&](const auto& pass) { return pass.name == name; };
    if (name == "all" || std::any_of(passes.begin(), passes.end(), is_it)) continue;
    if (std::any_of(registry().begin(), registry().end(), is_it)) continue;
    unknown.push_back(error(DiagnosticId::bad_option, {},
                            "there is no pass '" + name + "' (see ringcc --list-passes)"));
  }
  return unknown;
}

class Manager {
public:
  Manager(Module& module, const PassManagerOptions& options) : module_(module), options_(options) {}

  Status run(const std::vector<Pass>& passes) {
    for (const Pass& pass : passes) {
      if (names(options_.print_before, pass.name)) dump("before " + pass.name);
      const std::string before = options_.print_changed ? print(module_) : std::string();
      if (Status status = run_one(pass); !status) return status;
      show(pass, before);
      if (Status status = check(pass); !status) return status;
      if (pass.name == options_.stop_after) break;
    }
    return Success{};
  }

private:
  Status run_one(const Pass& pass) {
    const auto begin = std::chrono::steady_clock::now();
    Status status = pass.run(module_);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    if (options_.timing) options_.timing(pass.name, time.count());
    return status;
  }

  void say(const std::string& text) {
    if (options_.output) options_.output(text);
  }
  /// The dump is a .rir text itself: the line that names the pass is a comment.
  void dump(const std::string& when) { say("// IR " + when + "\n" + print(module_) + "\n"); }

  void show(const Pass& pass, const std::string& before) {
    const bool changed = options_.print_changed && print(module_) != before;
    if (changed || names(options_.print_after, pass.name)) {
      dump("after " + pass.name);
    } else if (options_.print_changed) {
      say("// IR after " + pass.name + ": unchanged\n");
    }
  }

  Status check(const Pass& pass) {
    if (options_.verify_each) {
      const Result<VerifiedModule> verified = verify(module_, all_capabilities());
      if (!verified) {
        return blame(pass, "broke a rule of the IR", verified.diagnostics());
      }
    }
    if (!options_.verify_roundtrip) return Success{};
    const std::string text = print(module_);
    const Result<Module> parsed = parse(text, pass.name + ".rir");
    if (!parsed) {
      Diagnostics problems = parsed.diagnostics();
      for (Diagnostic& problem : problems) {
        problem.message =
            "line " + std::to_string(problem.loc.line) + " of the dump: " + problem.message;
        problem.loc = {}; // the user has no file for it
      }
      return blame(pass, "left a module whose text does not parse", problems);
    }
    if (!equal(module_, *parsed)) {
      return blame(pass, "left a module whose text means another one", {});
    }
    return Success{};
  }

  static Diagnostics blame(const Pass& pass, const std::string& what, const Diagnostics& found) {
    Diagnostics problems{error(DiagnosticId::internal_error, found.empty() ? Loc{} : found[0].loc,
                               "internal error: the pass '" + pass.name + "' " + what)};
    problems.insert(problems.end(), found.begin(), found.end());
    return problems;
  }

  Module& module_;
  const PassManagerOptions& options_;
};

} // namespace

Status run_passes(Module& module, const std::vector<Pass>& passes,
                  const PassManagerOptions& options) {
  if (Diagnostics unknown = unknown_names(passes, options); !unknown.empty()) return unknown;
  return Manager(module, options).run(passes);
}

} // namespace ring::ir::transform
