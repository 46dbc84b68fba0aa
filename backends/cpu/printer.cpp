#include "backends/common/c_printer.h"
#include "backends/common/prelude.h"
#include "backends/cpu/cpu.h"
#include "backends/cpu/dialect.h"
#include "ir/walk.h"

namespace ring::backends::cpu {

extern const std::string_view kPrelude;  // prelude.h, embedded by CMake
extern const std::string_view kCpuBlock; // runtime/abi/include/ring/abi/cpu_block.h, likewise

namespace {

using namespace ir;

std::set<std::string> prelude_sections_of(const Module& module) {
  std::set<std::string> sections = sections_of_types(module);
  sections.insert("argument");
  for (const Function& function : module.functions) {
    for_each_expr(const_cast<Block&>(function.body), [&](Expr*& expr) {
      const auto* node = expr->as<Intrinsic>();
      const bool is_atomic =
          node && intrinsics::find(node->id).category == intrinsics::Category::atomic;
      if (is_atomic) sections.insert("atomic_access");
      if (node && node->id == intrinsics::Id::relax) sections.insert("relax");
    });
  }
  return sections;
}

void header(SourceWriter& out, const Module& module) {
  const std::string source = module.files.empty() ? module.name : module.files.front().name;
  out.line("// Made by ringcc from " + source + ". Compile with -fwrapv -ffp-contract=off.");
  out.blank();
  std::string_view abi = kCpuBlock;
  constexpr std::string_view kOnce = "#pragma once\n"; // means nothing in a main file
  const std::size_t once = abi.find(kOnce);
  out.verbatim(abi.substr(0, once));
  out.verbatim(abi.substr(once + kOnce.size()));
  out.blank();
}

/// Under names of our own: the system's headers declare names that the user's functions may have.
void system_calls(SourceWriter& out) {
  out.line("extern \"C\" int ring_cpu_yield() __asm__(\"sched_yield\");");
  out.line("extern \"C\" int ring_cpu_sleep(unsigned us) __asm__(\"usleep\");");
  out.blank();
}

void kernel(CPrinter& printer, CpuDialect& dialect, const Function& function) {
  SourceWriter& out = printer.out();
  Namer& namer = printer.namer();
  out.blank();
  printer.begin_function(function);
  bool any_used = false;
  for (const Local* param : function.params) {
    printer.declare(*param);
    any_used = any_used || printer.is_used(*param);
  }
  // What is not used has no name, as in code that compiles without warnings.
  const std::string block = asks_for_block(function) ? namer.declare("block") : "";
  const std::string args = any_used ? namer.declare("args") : "";
  printer.line_directive(function.loc);
  const std::string head =
      "extern \"C\" void " + printer.module().name + "_" + function.name + "_cpu";
  out.open_list(head,
                {"const ring::abi::CpuBlock*" + (block.empty() ? "" : " " + block),
                 "void* const*" + (args.empty() ? "" : " " + args)},
                ") {");
  for (std::size_t i = 0; i < function.params.size(); ++i) {
    const Local& param = *function.params[i];
    if (!printer.is_used(param)) continue;
    // A copy: what a reference refers to might change with each store of the kernel.
    out.line(printer.types().declare_const(param.type, printer.name(&param)) + " = argument<" +
             printer.types().name(param.type) + ">(" + args + "[" + std::to_string(i) + "]);");
  }
  dialect.begin_kernel(printer, function, block);
  printer.shared_variables(&function);
  printer.block(function.body);
  out.close("}");
  printer.end_function();
}

} // namespace

Result<Artefact> emit(const VerifiedModule& module, const Options& options) {
  CpuDialect dialect;
  CPrinter printer(*module, dialect, options);
  SourceWriter& out = printer.out();
  const std::set<std::string> sections = prelude_sections_of(*module);
  header(out, *module);
  if (sections.contains("relax")) system_calls(out);
  // Other files of a program may have functions and structs of the same names.
  out.line("namespace {");
  out.blank();
  out.verbatim(prelude_sections(kPrelude, sections));
  printer.named_constants();
  printer.structs();
  printer.offset_checks();
  printer.constants();
  printer.shared_variables(nullptr);
  for (const Function& function : module->functions) {
    if (!function.kernel) printer.device_function(function);
  }
  out.blank();
  out.line("} // namespace");
  for (const Function& function : module->functions) {
    if (function.kernel) kernel(printer, dialect, function);
  }
  return Artefact(out.take());
}

Target target() {
  using enum Capability;
  return {
      .name = "cpu",
      .option = "cpu",
      .display_name = "CPU",
      .suffix = ".cpu.cpp",
      .column = intrinsics::Target::cpu,
      .capabilities = {int8, int16, int64, float64, int64_atomics, float_atomics, subgroups,
                       pointers, byte_layout},
      .checkers = {{"c++", {"-std=c++20", "-fwrapv", "-ffp-contract=off", "-fsyntax-only", "{}"}}},
      .legalize = legalize,
      .emit = emit};
}

} // namespace ring::backends::cpu
