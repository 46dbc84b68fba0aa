#include "backends/common/source_writer.h"
#include "backends/host/embed_actors.h"
#include "backends/host/host.h"
#include "backends/host/image_names.h"
#include "backends/host/literal.h"

#include <algorithm>

namespace ring::backends::host {
namespace {

using namespace ir;

/// One literal for each line of the text, so that a diff of the file is a diff of the artefact.
void embed_text(SourceWriter& out, const std::string& name, std::string_view text) {
  out.open("constexpr char " + name + "[] =");
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out.line(quoted(text.substr(0, end)) + (end == text.size() ? ";" : ""));
    text.remove_prefix(end);
  }
  out.close("");
}

void embed_words(SourceWriter& out, const std::string& name,
                 const std::vector<std::uint32_t>& words) {
  constexpr std::size_t kPerLine = 8;
  out.open("constexpr std::uint32_t " + name + "[] = {");
  std::string line;
  for (std::size_t i = 0; i < words.size(); ++i) {
    line += (line.empty() ? "" : " ") + hexadecimal(words[i]) + ",";
    if (i % kPerLine == kPerLine - 1 || i + 1 == words.size()) {
      out.line(line);
      line.clear();
    }
  }
  out.close("};");
}

void embed_artefacts(SourceWriter& out, const Inputs& inputs) {
  for (const TargetRow& target : kTargets) {
    const Artefact* artefact = artefact_of(inputs, target);
    if (!artefact || target.is_linked) continue;
    out.blank();
    const std::string name(target.image_name);
    if (const auto* text = std::get_if<std::string>(artefact))
      embed_text(out, name, *text);
    else
      embed_words(out, name, std::get<std::vector<std::uint32_t>>(*artefact));
  }
  out.blank();
  out.line("#ifdef RING_CUDA_FATBIN");
  out.line("// The driver reads the binary in words of 8 bytes.");
  out.line("alignas(8) constexpr unsigned char cuda_fatbin[] = {");
  out.line("#include RING_CUDA_FATBIN");
  out.line("};");
  out.line("#endif");
}

void define_params(SourceWriter& out, const KernelFacts& kernel) {
  if (kernel.params.empty()) return;
  out.open("constexpr ring::ParamImage " + kernel.function->name + "_params[] = {");
  for (const ParamFacts& param : kernel.params) {
    const std::string kind = param.is_span ? "span" : param.is_struct() ? "structure" : "scalar";
    const std::string access = !param.is_span ? "none" : param.is_writable ? "read_write" : "read";
    out.line("{" + quoted(param.name) + ", ring::ParamKind::" + kind +
             ", ring::SpanAccess::" + access + ", " + std::to_string(param.size) + ", " +
             std::to_string(param.align) + ", " + std::to_string(param.block_offset) + "},");
  }
  out.close("};");
}

std::string targets_of(const KernelFacts& kernel) {
  std::string list;
  for (std::size_t i = 0; i < kTargets.size(); ++i)
    if (kernel.is_in[i])
      list += (list.empty() ? "ring::Target::" : ", ring::Target::") +
              std::string(kTargets[i].image_name);
  return list;
}

std::string features_of(const KernelFacts& kernel) {
  std::string list;
  for (Capability feature : kernel.features)
    list +=
        (list.empty() ? "ring::Feature::" : ", ring::Feature::") + std::string(name_of(feature));
  return list;
}

bool has_cpu(const KernelFacts& kernel) { return kernel.is_in[0]; } // kTargets[0]

void define_kernel(SourceWriter& out, const KernelFacts& kernel, bool has_trap) {
  const auto [x, y, z] = kernel.block;
  out.open("{");
  out.line(".name = " + quoted(kernel.function->name) + ",");
  out.line(".block = {" + std::to_string(x) + ", " + std::to_string(y) + ", " + std::to_string(z) +
           "},");
  if (!kernel.params.empty()) out.line(".params = " + kernel.function->name + "_params,");
  out.line(".params_block_size = " + std::to_string(kernel.params_block_size) + ",");
  out.line(".shared_bytes = " + std::to_string(kernel.shared_bytes) + ",");
  out.line(".has_trap = " + std::string(has_trap ? "true" : "false") + ",");
  out.line(".targets = {" + targets_of(kernel) + "},");
  out.line(".features = {" + features_of(kernel) + "},");
  std::string reasons;
  for (const std::string& reason : kernel.why_not)
    reasons += (reasons.empty() ? "" : ", ") + quoted(reason);
  out.line(".unsupported = {" + reasons + "},");
  out.line(".cpu_entry = " + (has_cpu(kernel) ? kernel.cpu_entry : std::string("nullptr")) + ",");
  out.close("},");
}

void define_module(SourceWriter& out, const Inputs& inputs, const ImageNames& names,
                   const std::vector<ActorFacts>& actors) {
  out.open("extern constinit const ring::ModuleImage " + names.module + " = {");
  out.line(".name = " + quoted(inputs.module->name) + ",");
  out.line(".source_file = " + quoted(inputs.module->files.front().name) + ",");
  out.line(".kernels = " + names.kernels + ",");
  const auto field = [&](std::string_view member, const TargetRow& target, bool is_text) {
    if (!artefact_of(inputs, target)) return;
    const std::string name(target.image_name);
    // Without the zero at its end, and not up to the first one in it.
    out.line("." + std::string(member) + " = " +
             (is_text ? "{" + name + ", sizeof " + name + " - 1}" : name) + ",");
  };
  field("spirv_full", kTargets[2], false);
  field("spirv_core", kTargets[3], false);
  field("cuda_source", kTargets[1], true);
  out.line("#ifdef RING_CUDA_FATBIN");
  out.line(".cuda_fatbin = cuda_fatbin,");
  out.line("#endif");
  field("wgsl", kTargets[4], true);
  out.line(".fp_strict = " + std::string(inputs.fp == FloatMode::strict ? "true" : "false") + ",");
  if (!actors.empty()) {
    out.line(".actors = " + names.actors + ",");
    out.line(".layout_hash = " + hexadecimal(layout_hash(actors)) + ",");
  }
  out.close("};");
}

} // namespace

std::string embed(const Inputs& inputs) {
  const std::vector<KernelFacts> kernels = kernel_facts(inputs);
  const std::vector<ActorFacts> actors = actor_facts(inputs);
  const ImageNames names(kernels, actors);
  SourceWriter out;
  out.line("// Made by ringcc from " + inputs.module->files.front().name + ".");
  out.line("#include <ring/module_image.h>");
  out.blank();
  out.line("#include <cstdint>");
  out.blank();
  for (const KernelFacts& kernel : kernels)
    if (has_cpu(kernel))
      out.line("extern \"C\" void " + kernel.cpu_entry +
               "(const ring::abi::CpuBlock* block, void* const* args);");
  out.blank();
  out.line("namespace " + inputs.module_namespace + " {");
  out.line("namespace {");
  embed_artefacts(out, inputs);
  out.blank();
  for (const KernelFacts& kernel : kernels)
    define_params(out, kernel);
  define_actor_lists(out, actors);
  out.blank();
  out.line("} // namespace");
  out.blank();
  out.open("extern constinit const ring::KernelImage " + names.kernels + "[" +
           std::to_string(kernels.size()) + "] = {");
  for (const KernelFacts& kernel : kernels)
    define_kernel(out, kernel, inputs.has_trap);
  out.close("};");
  out.blank();
  if (!actors.empty()) {
    define_actors(out, names.actors, actors);
    out.blank();
  }
  define_module(out, inputs, names, actors);
  out.blank();
  out.line("} // namespace " + inputs.module_namespace);
  return out.take();
}

} // namespace ring::backends::host
