#include "tools/ringcc/artefacts.h"

#include "backends/host/host.h"
#include "backends/spirv/tools.h"
#include "backends/targets.h"
#include "frontend/frontend.h"
#include "ir/json.h"
#include "ir/printer.h"
#include "tools/ringcc/files.h"
#include "tools/ringcc/resources.h"

#include <algorithm>
#include <filesystem>

namespace ring::ringcc {
namespace {

using ir::DiagnosticId;

void write(Compilation& compilation, const std::string& path, const std::string& content) {
  const ir::Status written = write_file(path, content);
  if (!written) {
    compilation.diagnostics.insert(compilation.diagnostics.end(), written.diagnostics().begin(),
                                   written.diagnostics().end());
  }
}

std::string bytes_of(const backends::Artefact& artefact) {
  if (const auto* text = std::get_if<std::string>(&artefact)) return *text;
  const auto& words = std::get<std::vector<std::uint32_t>>(artefact);
  return std::string(reinterpret_cast<const char*>(words.data()), words.size() * sizeof(words[0]));
}

bool has_option(const Options& options, std::string_view target) {
  return std::find(options.targets.begin(), options.targets.end(), target) != options.targets.end();
}

void run_all_targets(Compilation& compilation, const Options& options) {
  for (const backends::Target& target : backends::all_targets()) {
    if (!options.targets.empty() && !has_option(options, target.option)) continue;
    // What an option makes besides its own target, the lesser profile, may leave kernels out.
    run_target(compilation, options, target, has_option(options, target.name));
  }
}

backends::host::Inputs host_inputs(Compilation& compilation, const Options& options) {
  backends::host::Inputs inputs;
  inputs.module = &compilation.for_targets();
  inputs.source = &*compilation.module;
  inputs.module_namespace =
      options.module_namespace.empty() ? compilation.module->name : options.module_namespace;
  inputs.has_trap = options.backend.bounds == backends::BoundsMode::trap;
  inputs.fp = options.backend.fp;
  for (const auto& [name, output] : compilation.outputs) {
    inputs.artefacts[name] = output.artefact;
    inputs.omitted[name] = output.omitted;
  }
  return inputs;
}

void write_js(Compilation& compilation, const Options& options, const std::string& path) {
  const ir::Result<std::string> text = backends::host::js(host_inputs(compilation, options));
  if (text) return write(compilation, path, *text);
  compilation.diagnostics.insert(compilation.diagnostics.end(), text.diagnostics().begin(),
                                 text.diagnostics().end());
}

/// `product` names the target of the rule where -MT does not, and the depfile where -MF does not.
void write_depfile(Compilation& compilation, const Options& options, const std::string& product) {
  if (!options.write_depfile || compilation.failed()) return;
  const std::string depfile = options.depfile.empty() ? product + ".d" : options.depfile;
  const std::string target = options.depfile_target.empty() ? product : options.depfile_target;
  write(compilation, depfile, depfile_text(target, compilation.dependencies));
}

void emit_artefact(Compilation& compilation, const Options& options) {
  const std::string& kind = options.emit;
  if (kind == "ir") return write(compilation, options.output, ir::print(*compilation.module));
  if (kind == "json") return write(compilation, options.output, ir::to_json(*compilation.module));
  if (kind == "ast") {
    frontend::FrontendOptions request;
    request.file = compilation.input;
    request.source = compilation.sources.standard_input;
    request.clang_args = options.clang_args;
    request.resource_dir = resource_dir("ringcc");
    request.include_dirs = include_dirs("ringcc");
    ir::Diagnostics ignored; // the same file was just compiled without an error
    return write(compilation, options.output, frontend::dump_ast(request, ignored));
  }
  if (kind == "header") {
    run_all_targets(compilation, options);
    if (compilation.failed()) return;
    return write(compilation, options.output,
                 backends::host::header(host_inputs(compilation, options)));
  }
  if (kind == "js") {
    run_target(compilation, options, *backends::find_target("wgsl"), true);
    if (!compilation.failed()) write_js(compilation, options, options.output);
    return;
  }
  const std::string target_name = kind == "ir-final"
                                      ? (options.targets.empty() ? "cpu" : options.targets[0])
                                  : kind == "spirv-asm" ? "spirv"
                                                        : kind;
  const backends::Target* target = backends::find_target(target_name);
  if (!target) {
    compilation.diagnostics.push_back(
        ir::error(DiagnosticId::bad_option, {},
                  "this ringcc was built without target '" + target_name + "'"));
    return;
  }
  if (kind == "ir-final") {
    const std::string text = final_ir(compilation, options, *target);
    if (!compilation.failed()) write(compilation, options.output, text);
    return;
  }
  run_target(compilation, options, *target, true);
  if (compilation.failed()) return;
  const backends::Artefact& artefact = compilation.outputs[target_name].artefact;
  if (kind == "spirv-asm") {
    return write(compilation, options.output,
                 backends::spirv::disassemble(std::get<std::vector<std::uint32_t>>(artefact)));
  }
  write(compilation, options.output, bytes_of(artefact));
}

} // namespace

void emit_one(Compilation& compilation, const Options& options) {
  emit_artefact(compilation, options);
  write_depfile(compilation, options, options.output.empty() ? "out" : options.output);
}

void emit_all(Compilation& compilation, const Options& options) {
  run_all_targets(compilation, options);
  if (compilation.failed()) return;
  std::error_code failure;
  std::filesystem::create_directories(options.out_dir, failure);
  if (failure) {
    compilation.diagnostics.push_back(
        ir::error(DiagnosticId::file_error, {},
                  "cannot make the folder '" + options.out_dir + "': " + failure.message()));
    return;
  }
  const std::string stem =
      (std::filesystem::path(options.out_dir) / compilation.module->name).string();
  write(compilation, stem + ".rir", ir::print(*compilation.module));
  for (const backends::Target& target : backends::all_targets()) {
    const auto output = compilation.outputs.find(std::string(target.name));
    if (output == compilation.outputs.end()) continue;
    const std::string bytes = bytes_of(output->second.artefact);
    if (!bytes.empty()) write(compilation, stem + std::string(target.suffix), bytes);
  }
  const backends::host::Inputs inputs = host_inputs(compilation, options);
  write(compilation, stem + ".ring.h", backends::host::header(inputs));
  write(compilation, stem + ".ring.json", backends::host::json(inputs));
  write(compilation, stem + ".embed.cpp", backends::host::embed(inputs));
  if (backends::host::has_js(inputs)) write_js(compilation, options, stem + ".ring.js");
  write_depfile(compilation, options, stem + ".ring.h");
}

} // namespace ring::ringcc
