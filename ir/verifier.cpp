#include "ir/analysis/parallel_state.h"
#include "ir/analysis/properties.h"
#include "ir/analysis/uniformity.h"
#include "ir/lexer.h"
#include "ir/overloaded.h"
#include "ir/printer.h"
#include "ir/verifier_state.h"

namespace ring::ir {
namespace checks {
namespace {

std::string named(const Global& global) { return "'" + global.name + "'"; }

} // namespace

void Reporter::report(DiagnosticId id, const Place& place, std::string message) {
  if (place.function) message += " (in '" + place.function->cpp_name + "')";
  diagnostics_.push_back(error(id, place.loc, std::move(message)));
}

Diagnostics Verifier::run() {
  types_.check_structs();
  // What contains what by value must be sound before anything follows it.
  if (!reporter_.empty()) return reporter_.take();
  for (const Global& global : module_.globals) {
    globals_.insert(&global);
    check_global(global);
  }
  std::set<std::string> names;
  for (Function& function : module_.functions) {
    if (!names.insert(function.name).second) {
      reporter_.problem({nullptr, function.loc}, "a second function '" + function.name + "'");
    }
    check_function(function);
    positions_.emplace(&function, positions_.size());
  }
  if (reporter_.empty()) {
    for (const auto& check : {analysis::check_uniformity, analysis::check_parallel_state}) {
      for (Diagnostic& problem : check(module_))
        reporter_.add(std::move(problem));
    }
  }
  return reporter_.take();
}

void Verifier::check_loc(const Place& place) {
  if (place.loc.file != 0 && place.loc.file >= module_.files.size()) {
    reporter_.problem({place.function, {}}, "a location in a file that the module does not list");
  }
}

void Verifier::check_global(const Global& global) {
  const Place place{nullptr, global.loc};
  check_loc(place);
  if (!global.type) return reporter_.problem(place, named(global) + " has no type");
  const auto* array = global.type->as<ArrayType>();
  const bool runtime_sized = array && array->count == 0;
  const bool buffer = global.space == AddressSpace::storage;
  std::string problem =
      runtime_sized && buffer ? types_.problem_of(global.type) : types_.value_problem(global.type);
  if (!problem.empty()) return reporter_.problem(place, named(global) + ": " + problem);
  if (global.type->is<RefType>())
    return reporter_.problem(place, named(global) + " is a reference");
  const bool constant = global.space == AddressSpace::constant;
  if (global.space == AddressSpace::generic || global.space == AddressSpace::function) {
    reporter_.problem(place, named(global) + " in an address space that has no globals");
  }
  if (constant != (global.initializer != nullptr)) {
    reporter_.problem(place, named(global) + (constant ? " is a constant without a value"
                                                       : " has a value, but is no constant"));
  }
  if (global.space == AddressSpace::launch) check_bound_span(global, place);
  if (!buffer && global.space != AddressSpace::params && global.binding != 0) {
    reporter_.problem(place, named(global) + " has a binding, but is no buffer");
  }
  needs_.begin(nullptr);
  if (!runtime_sized) needs_.use_type(global.type, place);
  if (runtime_sized) needs_.use_type(array->element, place);
  if (!global.initializer || !check_root(global.initializer, place)) return;
  check_constant(*global.initializer, place);
  if (global.initializer->type != global.type) {
    reporter_.problem(place, named(global) + " has a value of type '" +
                                 to_string(global.initializer->type) + "'");
  }
}

/// Kernels take it as a parameter of its name, so two of one name would be one.
void Verifier::check_bound_span(const Global& global, const Place& place) {
  const auto* span = global.type->as<SpanType>();
  if (!span || analysis::holds_pointers(span->element)) {
    reporter_.problem(place, named(global) + " is bound, but is no span of plain data");
  }
  if (!bound_spans_.insert(global.name).second) {
    reporter_.problem(place, "a second bound span " + named(global));
  }
}

void Verifier::check_constant(const Expr& initializer, const Place& place) {
  if (initializer.is<Literal>()) return;
  const auto* construct = initializer.as<Construct>();
  if (!construct) return reporter_.problem(place, "a constant that must be computed");
  for (const Expr* element : construct->elements)
    check_constant(*element, place);
}

void Verifier::check_function(Function& function) {
  function_ = &function;
  visible_.clear();
  scope_.clear();
  writes_outside_ = false;
  bound_.clear();
  if (function.kernel)
    bound_ = {function.kernel->bindings.begin(), function.kernel->bindings.end()};
  needs_.begin(&function);
  const Place place{&function, function.loc};
  check_loc(place);
  if (!is_identifier(function.name))
    reporter_.problem(place, "a function whose name is no identifier");
  for (Local* param : function.params) {
    if (!param) return reporter_.problem(place, "a parameter that is null");
    check_declaration(param, Local::Kind::param, nullptr, place);
  }
  if (!function.result) return reporter_.problem(place, "a function without a result type");
  if (!function.result->is<VoidType>()) {
    const std::string problem = types_.value_problem(function.result);
    if (!problem.empty()) reporter_.problem(place, "the result: " + problem);
    if (problem.empty()) needs_.use_type(function.result, place);
  }
  check_block(function.body, {});
  if (!function.result->is<VoidType>() && analysis::reaches_end(function.body)) {
    reporter_.problem(place, "control can come to its end without a return");
  }
  if (function.kernel) check_kernel(function);
  // A launch has effects anyway, but the function of an actor will be called.
  if (!function.global() && writes_outside_ && !function.has_side_effects) {
    reporter_.problem(place, "it has side effects, but is not marked so");
  }
}

void Verifier::check_kernel(const Function& function) {
  match(
      function.kernel->kind, [&](const GlobalKernel& kind) { check_global_kernel(function, kind); },
      [&](const RingKernel& kind) { check_ring_kernel(function, kind); });
  check_bindings(function);
}

void Verifier::check_global_kernel(const Function& function, const GlobalKernel& kind) {
  const Place place{&function, function.loc};
  if (!function.result->is<VoidType>()) reporter_.problem(place, "a kernel returns nothing");
  for (const Local* param : function.params) {
    if (broken_.contains(param)) continue;
    const auto* span = param->type->as<SpanType>();
    if (!analysis::holds_pointers(span ? span->element : param->type)) continue;
    reporter_.problem(place, "the kernel's parameter '" + param->name + "' is '" +
                                 to_string(param->type) +
                                 "': it takes spans of plain data, scalars and plain structs");
  }
  std::uint64_t threads = 1;
  for (std::uint32_t size : kind.block) {
    threads = std::min<std::uint64_t>(threads * size, kMaxBlockThreads + 1U);
  }
  if (threads == 0 || threads > kMaxBlockThreads) {
    reporter_.problem(place, "a block has 1 to " + std::to_string(kMaxBlockThreads) + " threads");
  }
}

/// Binding k is buffer k.
void Verifier::check_bindings(const Function& function) {
  const Place place{&function, function.loc};
  const std::vector<Global*>& bindings = function.kernel->bindings;
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const Global* global = bindings[i];
    if (!globals_.contains(global)) {
      reporter_.problem(place, "a binding that the module does not have");
      return;
    }
    const bool buffer =
        global->space == AddressSpace::storage || global->space == AddressSpace::params;
    if (!buffer) reporter_.problem(place, named(*global) + " is bound, but is no buffer");
    if (global->binding != i) {
      reporter_.problem(place, named(*global) + " is buffer " + std::to_string(i) +
                                   ", but says binding " + std::to_string(global->binding));
    }
  }
}

} // namespace checks

CapabilitySet all_capabilities() {
  CapabilitySet all;
  for (std::size_t i = 0; i < kCapabilityCount; ++i)
    all.add(static_cast<Capability>(i));
  return all;
}

Result<VerifiedModule> verify(Module& module, const CapabilitySet& capabilities) {
  Diagnostics problems = checks::Verifier(module, capabilities).run();
  if (has_errors(problems)) return problems;
  return VerifiedModule(module);
}

} // namespace ring::ir
