#include "tools/ringcc/compile.h"

#include "backends/host/actor_facts.h"
#include "backends/targets.h"
#include "frontend/frontend.h"
#include "ir/analysis/kernel_requirements.h"
#include "ir/clone.h"
#include "ir/parser.h"
#include "ir/printer.h"
#include "ir/statement_locs.h"
#include "ir/transform/expand_actors.h"
#include "ir/transform/pass_manager.h"
#include "ir/transform/registry.h"
#include "ir/transform/remove_dead.h"
#include "ir/verifier.h"
#include "tools/ringcc/files.h"
#include "tools/ringcc/resources.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <set>
#include <stdexcept>

namespace ring::ringcc {
namespace {

using ir::DiagnosticId;
using ir::analysis::TargetFacts;

constexpr std::string_view kExpandActors = "expand-actors"; // runs before the targets' passes

class Stopwatch {
public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    start_ = now;
    return seconds;
  }

private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

bool is_ir(const std::string& input, const Options& options) {
  if (!options.language.empty()) return options.language == "ir";
  return input.ends_with(".rir");
}

void add(Compilation& compilation, const ir::Diagnostics& diagnostics) {
  compilation.diagnostics.insert(compilation.diagnostics.end(), diagnostics.begin(),
                                 diagnostics.end());
}

void read_ir(Compilation& compilation, const std::string& text) {
  compilation.sources.files = {{compilation.input == "-" ? "<stdin>" : compilation.input, ""}};
  compilation.sources.paths = {compilation.input};
  compilation.sources.standard_input = text;
  compilation.dependencies = {compilation.input};
  ir::Result<ir::Module> module = ir::parse(text, compilation.sources.files[0].name);
  if (!module) return add(compilation, module.diagnostics());
  compilation.module = std::move(*module);
  // From here on locations are those of the C++ source that the text names.
  compilation.sources.files = compilation.module->files;
  compilation.sources.paths.clear();
  for (const ir::SourceFile& file : compilation.module->files) {
    compilation.sources.paths.push_back(file.name);
  }
}

void read_cpp(Compilation& compilation, const Options& options) {
  frontend::FrontendOptions request;
  request.file = compilation.input;
  request.source = compilation.sources.standard_input;
  request.clang_args = options.clang_args;
  request.resource_dir = resource_dir("ringcc");
  request.include_dirs = include_dirs("ringcc");
  request.library = options.library;
  frontend::FrontendOutput output = frontend::compile(request);
  compilation.sources.files = output.files;
  compilation.sources.paths = output.paths;
  compilation.dependencies = std::move(output.dependencies);
  compilation.times.emplace_back("parse (Clang)", output.parse_seconds);
  compilation.times.emplace_back("lower to IR", output.lower_seconds);
  add(compilation, output.diagnostics);
  compilation.module = std::move(output.module);
}

/// Takes the kernels that nobody asked for, and then what only they needed, out of the module.
void keep_kernels(ir::Module& module, const std::function<bool(const ir::Function&)>& keep) {
  for (ir::Function& function : module.functions) {
    if (function.kernel && !keep(function)) function.kernel.reset();
  }
  (void)ir::transform::remove_dead(module);
}

bool has_actor(const ir::Module& module) {
  return std::any_of(module.functions.begin(), module.functions.end(),
                     [](const ir::Function& f) { return f.ring() != nullptr; });
}

bool has_kernel(const ir::Module& module) {
  return std::any_of(module.functions.begin(), module.functions.end(),
                     [](const ir::Function& f) { return f.kernel.has_value(); });
}

/// The C++ front end asks for one itself; a .rir may be a library to look at.
bool needs_kernel(const Options& options) { return options.emit != "ir" && options.emit != "json"; }

std::vector<TargetFacts> all_facts() {
  std::vector<TargetFacts> facts;
  for (const backends::Target& target : backends::all_targets())
    facts.push_back(backends::facts_of(target));
  return facts;
}

/// The library, parsed once in a run of ringcc; null in the ringcc that makes it.
const ir::Module* library() {
  static const std::optional<ir::Module> kLibrary = []() -> std::optional<ir::Module> {
    if (library_module().empty()) return std::nullopt;
    ir::Result<ir::Module> module = ir::parse(library_module(), "library.rir");
    if (!module)
      throw std::logic_error("the device library does not parse: " +
                             module.diagnostics()[0].message);
    return std::move(*module);
  }();
  return kLibrary ? &*kLibrary : nullptr;
}

backends::Options backend_options(const Options& options, const backends::Target& target) {
  backends::Options result = options.backend;
  result.library = library();
  if (!options.bounds_given) result.bounds = target.default_bounds;
  return result;
}

/// `where` is put before the names of passes in the time report.
ir::transform::PassManagerOptions manager_options(Compilation& compilation, const Options& options,
                                                  std::string where) {
  ir::transform::PassManagerOptions manager;
  manager.print_before = options.print_before;
  manager.print_after = options.print_after;
  manager.print_changed = options.print_changed;
  manager.stop_after = options.stop_after;
  manager.verify_each = options.verify_each;
  manager.verify_roundtrip = options.verify_roundtrip;
  manager.output = [](std::string_view text) { std::cerr << text; };
  manager.timing = [&compilation, where = std::move(where)](std::string_view pass, double seconds) {
    compilation.times.emplace_back(where + std::string(pass), seconds);
  };
  return manager;
}

/// Makes kernels of the actors: once, for all targets.
void expand_actors(Compilation& compilation, const Options& options) {
  if (!library() || !has_actor(*compilation.module)) return;
  ir::Module module = ir::clone(*compilation.module);
  ir::use_statement_locs(module); // as in legalize(): what is made takes its places from statements
  backends::host::Inputs inputs;
  inputs.module = inputs.source = &module;
  const std::uint64_t hash = backends::host::layout_hash(backends::host::actor_facts(inputs));
  const std::vector<ir::transform::Pass> passes{
      {std::string(kExpandActors), [hash](ir::Module& actors) {
         return ir::transform::expand_actors(actors, {.library = *library(), .layout_hash = hash});
       }}};
  const ir::Status status =
      ir::transform::run_passes(module, passes, manager_options(compilation, options, ""));
  if (!status) return add(compilation, status.diagnostics());
  compilation.expanded = std::move(module);
}

/// The passes of --passes, or the target's own.
std::vector<ir::transform::Pass> pipeline(const Options& options, const backends::Target& target,
                                          Compilation& compilation) {
  if (options.stop_after == kExpandActors) return {};
  if (options.passes.empty()) return target.legalize(backend_options(options, target));
  std::vector<ir::transform::Pass> passes;
  for (const std::string& name : options.passes) {
    if (name == kExpandActors) continue; // has run
    const auto own = target.legalize(backend_options(options, target));
    const auto found =
        std::find_if(own.begin(), own.end(), [&](const auto& pass) { return pass.name == name; });
    if (found != own.end()) {
      passes.push_back(*found);
    } else {
      compilation.diagnostics.push_back(ir::error(DiagnosticId::bad_option, {},
                                                  "target '" + std::string(target.name) +
                                                      "' has no pass '" + name +
                                                      "' (see ringcc --list-passes)"));
    }
  }
  return passes;
}

/// Takes the kernels out that need more than the target grants, and reports why for each.
void leave_out_exceeding(
    ir::Module& module, const backends::Target& target,
    const std::function<void(const ir::Function&, const ir::Diagnostic&)>& report) {
  std::set<const ir::Function*> exceeding;
  for (const ir::Function& function : module.functions) {
    if (!function.kernel) continue;
    for (const ir::Diagnostic& problem : ir::analysis::exceeded_by(
             function, backends::facts_of(target).display_name, target.limits)) {
      report(function, problem);
      exceeding.insert(&function);
    }
  }
  if (exceeding.empty()) return;
  keep_kernels(module, [&](const ir::Function& f) { return !exceeding.contains(&f); });
}

/// A kernel that a target may lack without anybody missing it: actors that cannot run until they
/// are told to stop run in slices, and what keeps both kernels from a target is reported once.
bool is_spare(const Compilation& compilation, const std::string& kernel) {
  return compilation.expanded &&
         kernel == ir::transform::persistent_kernel_name(*compilation.expanded);
}

/// Notes the kernels that need what the target lacks, and says so if it was asked for. An actor is
/// named rather than the kernels that it became.
void leave_out_lacking(Compilation& compilation, const backends::Target& target, bool asked_for,
                       std::map<std::string, std::string>& omitted) {
  const std::vector<TargetFacts> all = all_facts();
  const TargetFacts facts = backends::facts_of(target);
  const auto leave_out = [&](const ir::Module& module) {
    for (const auto& kernel : ir::analysis::kernel_requirements(module)) {
      const std::string& name = kernel.kernel->name;
      const ir::Diagnostics missing = ir::analysis::missing_on(kernel, facts, all);
      if (missing.empty() || omitted.contains(name)) continue;
      const std::string& why = missing.front().message;
      if (kernel.kernel->ring()) {
        omitted.emplace(ir::transform::bounded_kernel_name(module), why);
        omitted.emplace(ir::transform::persistent_kernel_name(module), why);
      } else {
        omitted.emplace(name, why);
      }
      if (asked_for && !is_spare(compilation, name)) add(compilation, missing);
    }
  };
  leave_out(*compilation.module);
  if (compilation.expanded) leave_out(*compilation.expanded);
}

/// A copy of the module after the target's passes; nothing after an error or without kernels.
std::optional<ir::Module> legalize(Compilation& compilation, const Options& options,
                                   const backends::Target& target, bool asked_for,
                                   std::map<std::string, std::string>& omitted) {
  ir::Module module = ir::clone(compilation.for_targets());
  leave_out_lacking(compilation, target, asked_for, omitted);
  if (compilation.failed()) return std::nullopt;
  if (!omitted.empty()) {
    keep_kernels(module, [&](const ir::Function& f) { return !omitted.count(f.name); });
  }
  if (!has_kernel(module)) return std::nullopt;
  ir::use_statement_locs(
      module); // as if it had been read from a .rir file: the same bytes come out

  const std::vector<ir::transform::Pass> passes = pipeline(options, target, compilation);
  if (compilation.failed()) return std::nullopt;
  const ir::Status status = ir::transform::run_passes(
      module, passes, manager_options(compilation, options, std::string(target.name) + ": "));
  if (!status) {
    add(compilation, status.diagnostics());
    return std::nullopt;
  }
  leave_out_exceeding(module, target, [&](const ir::Function& kernel, const ir::Diagnostic& why) {
    if (asked_for && !is_spare(compilation, kernel.name)) compilation.diagnostics.push_back(why);
    omitted.emplace(kernel.name, why.message);
  });
  if (compilation.failed() || !has_kernel(module)) return std::nullopt;
  return module;
}

} // namespace

void read_module(Compilation& compilation, const Options& options) {
  ir::Result<std::string> text = std::string();
  const bool from_ir = is_ir(compilation.input, options);
  if (compilation.input == "-" || from_ir) {
    text = read_file(compilation.input);
    if (!text) return add(compilation, text.diagnostics());
    compilation.sources.standard_input = *text;
  } else {
    // Clang's own message for a file that it cannot open has no place and no remedy.
    const ir::Result<std::string> readable = read_file(compilation.input);
    if (!readable) return add(compilation, readable.diagnostics());
  }
  if (from_ir) {
    read_ir(compilation, *text);
  } else {
    read_cpp(compilation, options);
  }
  if (compilation.failed() || !compilation.module) return;
  if (from_ir && needs_kernel(options) && !has_kernel(*compilation.module)) {
    compilation.diagnostics.push_back(
        ir::error(DiagnosticId::no_kernel, {},
                  "no kernel in this module; only --emit=ir and --emit=json take one without"));
    return;
  }

  Stopwatch watch;
  if (!options.kernels.empty()) {
    for (const std::string& name : options.kernels) {
      const ir::Function* function = compilation.module->find_function(name);
      if (!function || !function->kernel) {
        compilation.diagnostics.push_back(ir::error(
            DiagnosticId::bad_option, {}, "no kernel '" + name + "' in " + compilation.input));
      }
    }
    keep_kernels(*compilation.module, [&](const ir::Function& f) {
      return std::find(options.kernels.begin(), options.kernels.end(), f.name) !=
             options.kernels.end();
    });
  }
  const auto verified = ir::verify(*compilation.module, ir::all_capabilities());
  if (!verified) add(compilation, verified.diagnostics());
  compilation.times.emplace_back("verify", watch.lap());
  if (verified) expand_actors(compilation, options);
}

void run_target(Compilation& compilation, const Options& options, const backends::Target& target,
                bool asked_for) {
  Compilation::Output output;
  std::optional<ir::Module> module =
      legalize(compilation, options, target, asked_for, output.omitted);
  if (!module) {
    if (!output.omitted.empty()) compilation.outputs[std::string(target.name)] = std::move(output);
    return;
  }
  Stopwatch watch;
  const auto verified = ir::verify(*module, target.capabilities);
  if (!verified) return add(compilation, verified.diagnostics());
  ir::Result<backends::Artefact> artefact =
      target.emit(*verified, backend_options(options, target));
  if (!artefact) return add(compilation, artefact.diagnostics());
  output.artefact = std::move(*artefact);
  compilation.times.emplace_back(std::string(target.name) + ": print", watch.lap());
  compilation.outputs[std::string(target.name)] = std::move(output);
}

std::string final_ir(Compilation& compilation, const Options& options,
                     const backends::Target& target) {
  std::map<std::string, std::string> omitted;
  const std::optional<ir::Module> module = legalize(compilation, options, target, true, omitted);
  return module ? ir::print(*module) : std::string();
}

} // namespace ring::ringcc
