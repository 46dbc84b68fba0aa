#include "backends/common/c_printer.h"
#include "backends/common/prelude.h"
#include "backends/cuda/cuda.h"
#include "backends/cuda/dialect.h"
#include "backends/cuda/prelude_use.h"

namespace ring::backends::cuda {

extern const std::string_view kPrelude; // prelude.cuh, embedded by CMake

namespace {

using namespace ir;

constexpr std::size_t kLineWidth = 100;

void header(SourceWriter& out, const Module& module, const Options& options) {
  const std::string source = module.files.empty() ? module.name : module.files.front().name;
  out.line("// Made by ringcc from " + source + ".");
  if (options.fp == FloatMode::strict) {
    // CUDA C has no pragma for it: nvcc and NVRTC take it as an option only.
    out.line("// Its floating point is exact only without contraction: compile with -fmad=false.");
  }
  out.blank();
}

void kernel(CPrinter& printer, const Function& function) {
  const auto& block = std::get<GlobalKernel>(function.kernel->kind).block;
  SourceWriter& out = printer.out();
  out.blank();
  printer.begin_function(function);
  printer.line_directive(function.loc);
  const std::string bounds = "extern \"C\" __global__ void __launch_bounds__(" +
                             std::to_string(block[0] * block[1] * block[2]) + ")";
  const std::vector<std::string> parameters = printer.parameters(function);
  std::size_t width = bounds.size() + printer.name(&function).size();
  for (const std::string& parameter : parameters)
    width += parameter.size() + 2;
  if (width + 4 <= kLineWidth) {
    out.open_list(bounds + " " + printer.name(&function), parameters, ") {");
  } else {
    out.line(bounds);
    out.open_list(printer.name(&function), parameters, ") {");
  }
  printer.shared_variables(&function);
  printer.block(function.body);
  out.close("}");
  printer.end_function();
}

} // namespace

ir::Result<Artefact> emit(const VerifiedModule& module, const Options& options) {
  CudaDialect dialect;
  CPrinter printer(*module, dialect, options);
  SourceWriter& out = printer.out();
  header(out, *module, options);
  out.verbatim(prelude_sections(kPrelude, prelude_sections_of(*module)));
  printer.named_constants();
  printer.structs();
  if (!module->structs.empty()) {
    out.line("#ifndef __CUDACC_RTC__ // NVRTC has no offsetof");
    printer.offset_checks();
    out.line("#endif");
  }
  printer.constants();
  printer.shared_variables(nullptr);
  for (const Function& function : module->functions) {
    if (function.kernel) {
      kernel(printer, function);
    } else {
      printer.device_function(function);
    }
  }
  return Artefact(out.take());
}

Target target() {
  using enum Capability;
  return {.name = "cuda",
          .option = "cuda",
          .display_name = "CUDA",
          .suffix = ".cu",
          .column = intrinsics::Target::cuda,
          .capabilities = {int8, int16, int64, float64, int64_atomics, float_atomics, subgroups,
                           pointers, byte_layout},
          // Static shared memory of every architecture; more needs a launch that asks for it
          // (CUDA C++ Programming Guide, Compute Capabilities).
          .limits = {.shared_bytes = 48 * 1024},
          .checkers = {{"nvcc", {"-std=c++17", "-fmad=false", "--ptx", "-o", "/dev/null", "{}"}}},
          .legalize = legalize,
          .emit = emit};
}

} // namespace ring::backends::cuda
