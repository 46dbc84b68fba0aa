// ringcc: annotated C++ handlers to CUDA C, SPIR-V, WGSL and CPU code.
#include "tools/ringcc/artefacts.h"
#include "tools/ringcc/check.h"
#include "tools/ringcc/compile.h"
#include "tools/ringcc/files.h"
#include "tools/ringcc/options.h"
#include "tools/ringcc/render.h"
#include "tools/ringcc/tables.h"

#include <cstdio>
#include <exception>
#include <iostream>
#include <map>

namespace {

using namespace ring;
using namespace ring::ringcc;

void report(const ir::Diagnostics& diagnostics, const SourceMap& sources,
            DiagnosticsFormat format) {
  std::cerr << render(diagnostics, sources, format);
}

void promote_warnings(ir::Diagnostics& diagnostics) {
  for (ir::Diagnostic& diagnostic : diagnostics)
    diagnostic.severity = ir::Severity::error;
}

void print_times(const Compilation& compilation) {
  double total = 0;
  for (const auto& [name, seconds] : compilation.times) {
    std::fprintf(stderr, "%9.3f ms  %s\n", seconds * 1e3, name.c_str());
    total += seconds;
  }
  std::fprintf(stderr, "%9.3f ms  total of %s\n", total * 1e3, compilation.input.c_str());
}

/// Module names and the inputs that they came from.
using Modules = std::map<std::string, std::string>;

/// Artefacts are named after their module; a second one of that name would write over the first.
void check_name(Compilation& compilation, const Options& options, Modules& modules) {
  const std::string& name = compilation.module->name;
  const auto [first, is_new] = modules.emplace(name, compilation.input);
  if (is_new) return;
  compilation.diagnostics.push_back(
      ir::error(ir::DiagnosticId::bad_option, {},
                "'" + first->second + "' and '" + compilation.input + "' would both write '" +
                    options.out_dir + "/" + name +
                    ".ring.h'; rename one, or compile them into different folders"));
}

/// True if the input compiled.
bool compile_one(const std::string& input, const Options& options, Modules& modules) {
  Compilation compilation;
  compilation.input = input;
  read_module(compilation, options);
  if (options.werror) promote_warnings(compilation.diagnostics);
  if (!compilation.failed() && !options.out_dir.empty()) check_name(compilation, options, modules);
  if (!compilation.failed()) {
    if (!options.emit.empty()) emit_one(compilation, options);
    if (!options.out_dir.empty()) emit_all(compilation, options);
    if (options.check && !compilation.failed()) check(compilation, options);
  }
  if (!compilation.diagnostics.empty() || options.diagnostics_format != DiagnosticsFormat::text) {
    report(compilation.diagnostics, compilation.sources, options.diagnostics_format);
  }
  if (options.time_report) print_times(compilation);
  return !compilation.failed();
}

/// The format for errors in the options themselves.
DiagnosticsFormat format_of(const std::vector<std::string>& args) {
  DiagnosticsFormat format = DiagnosticsFormat::text;
  for (const std::string& arg : args) {
    if (arg == "--diagnostics-format=json") format = DiagnosticsFormat::json;
    if (arg == "--diagnostics-format=sarif") format = DiagnosticsFormat::sarif;
  }
  return format;
}

int run(const std::vector<std::string>& args) {
  const ir::Result<Options> options = parse_options(args);
  if (!options) {
    report(options.diagnostics(), {}, format_of(args));
    return 1;
  }
  if (!options->show.empty()) {
    const ir::Result<std::string> text = show(options->show);
    if (!text) {
      report(text.diagnostics(), {}, options->diagnostics_format);
      return 1;
    }
    const ir::Status written = write_file("-", *text);
    return written ? 0 : 1;
  }
  bool good = true;
  Modules modules;
  for (const std::string& input : options->inputs)
    good &= compile_one(input, *options, modules);
  return good ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& failure) {
    std::fprintf(
        stderr,
        "ringcc: internal error: %s\nringcc: please report this with the input that caused it\n",
        failure.what());
    return 1;
  }
}
