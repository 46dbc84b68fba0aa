#include "backends/common/source_writer.h"
#include "backends/host/actor_facts.h"
#include "backends/host/header_actors.h"
#include "backends/host/host_types.h"
#include "backends/host/image_names.h"

#include "ir/type.h"

#include <algorithm>

namespace ring::backends::host {
namespace {

using namespace ir;

std::uint64_t natural_align(const StructDecl& decl) {
  std::uint64_t align = 1;
  for (const StructDecl::Field& field : decl.fields)
    align = std::max(align, align_of(field.type));
  return align;
}

void check_layout(SourceWriter& out, const std::string& name, const StructDecl& decl,
                  bool has_known_fields) {
  out.line("static_assert(sizeof(" + name + ") == " + std::to_string(decl.size) + " && alignof(" +
           name + ") == " + std::to_string(decl.align) + ");");
  if (!has_known_fields) return; // those of a header may be private
  for (const StructDecl::Field& field : decl.fields)
    out.line("static_assert(offsetof(" + name + ", " + field.name +
             ") == " + std::to_string(field.offset) + ");");
}

void define(SourceWriter& out, const HostTypes& types, const StructDecl& decl) {
  const std::string scope = types.namespace_of(decl);
  const std::string name = types.own_name(decl);
  out.blank();
  if (!scope.empty()) out.line("namespace " + scope + " {");
  const std::string align =
      decl.align != natural_align(decl) ? "alignas(" + std::to_string(decl.align) + ") " : "";
  out.open("struct " + align + name + " {");
  for (const StructDecl::Field& field : decl.fields)
    out.line(types.declare(field.type, field.name) + ";");
  out.close("};");
  check_layout(out, name, decl, true);
  if (!scope.empty()) out.line("} // namespace " + scope);
}

std::string param_type(const HostTypes& types, const ParamFacts& param) {
  return param.is_span ? span_of(types, param.type, param.is_writable) : types.name(param.type);
}

/// `saxpy(x, y, a)`, block 256 × 1 × 1
std::string signature(const KernelFacts& kernel) {
  std::string text = kernel.function->name + "(";
  for (const ParamFacts& param : kernel.params) {
    if (!param.type) continue;
    if (text.back() != '(') text += ", ";
    text += param.name;
  }
  const auto [x, y, z] = kernel.block;
  return text + "), in blocks of " + std::to_string(x) + " x " + std::to_string(y) + " x " +
         std::to_string(z) + " threads";
}

void declare_kernel(SourceWriter& out, const HostTypes& types, const ImageNames& names,
                    const KernelFacts& kernel, std::size_t index) {
  std::string params;
  for (const ParamFacts& param : kernel.params)
    if (param.type) params += (params.empty() ? "" : ", ") + param_type(types, param);
  out.line("/// " + signature(kernel));
  out.line("inline constexpr ring::Kernel<" + params + "> " + kernel.function->name + "{&" +
           names.module + ", &" + names.kernels + "[" + std::to_string(index) + "]};");
}

} // namespace

std::string header(const Inputs& inputs) {
  const std::vector<KernelFacts> kernels = kernel_facts(inputs);
  const std::vector<ActorFacts> actors = actor_facts(inputs);
  const HostTypes types(inputs, kernels, actors);
  const ImageNames names(kernels, actors);
  SourceWriter out;
  out.line("// Made by ringcc from " + inputs.module->files.front().name + ".");
  out.line("#pragma once");
  out.blank();
  if (!actors.empty()) out.line("#include <ring/actor.h>");
  out.line("#include <ring/runtime.h>");
  for (const std::string& spelling : types.headers())
    if (!spelling.empty()) out.line("#include " + spelling);
  out.blank();
  out.line("#include <cstddef>");
  out.line("#include <cstdint>");
  for (const StructDecl* decl : types.defined())
    define(out, types, *decl);
  if (!types.included().empty()) out.blank();
  for (const StructDecl* decl : types.included())
    check_layout(out, types.name(*decl), *decl, false);
  specialize_messages(out, types, actors);
  out.blank();
  out.line("namespace " + inputs.module_namespace + " {");
  out.blank();
  out.line("extern const ring::ModuleImage " + names.module + ";");
  out.line("extern const ring::KernelImage " + names.kernels + "[" +
           std::to_string(kernels.size()) + "];");
  if (!actors.empty())
    out.line("extern const ring::ActorImage " + names.actors + "[" + std::to_string(actors.size()) +
             "];");
  out.blank();
  for (std::size_t i = 0; i < kernels.size(); ++i)
    if (!kernels[i].is_schedule) declare_kernel(out, types, names, kernels[i], i);
  declare_actors(out, types, names, actors);
  out.blank();
  out.line("} // namespace " + inputs.module_namespace);
  return out.take();
}

} // namespace ring::backends::host
