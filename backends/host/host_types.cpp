#include "backends/host/host_types.h"

#include "ir/overloaded.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace ring::backends::host {
namespace {

using namespace ir;

std::string_view scalar_name(Scalar kind) {
  constexpr std::array<std::string_view, 13> kNames{
      "bool",         "std::int8_t",   "std::int16_t",  "std::int32_t",  "std::int64_t",
      "std::uint8_t", "std::uint16_t", "std::uint32_t", "std::uint64_t", "_Float16",
      "__bf16",       "float",         "double"};
  return kNames[static_cast<std::size_t>(kind)];
}

/// Identifiers joined by "::", and nothing else: no template arguments, no "(anonymous …)".
bool is_plain_name(std::string_view name) {
  bool at_start = true;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto c = static_cast<unsigned char>(name[i]);
    if (c == ':') {
      if (at_start || i + 1 >= name.size() || name[i + 1] != ':') return false;
      ++i;
      at_start = true;
    } else if (at_start ? !(std::isalpha(c) || c == '_') : !(std::isalnum(c) || c == '_')) {
      return false;
    } else {
      at_start = false;
    }
  }
  return !at_start;
}

bool is_main_file(const StructDecl& decl) { return decl.loc.file == 0; }

std::size_t last_scope(std::string_view name) { return name.rfind("::"); }

} // namespace

HostTypes::HostTypes(const Inputs& inputs, const std::vector<KernelFacts>& kernels,
                     const std::vector<ActorFacts>& actors)
    : module_(*inputs.module), module_namespace_(inputs.module_namespace) {
  for (const KernelFacts& kernel : kernels) {
    if (kernel.is_schedule) continue;
    for (const ParamFacts& param : kernel.params)
      if (param.type) collect(param.type);
  }
  for (const MessageFacts& message : messages_of(actors))
    collect(*message.type);
  for (const ActorFacts& actor : actors)
    for (const ArgumentFacts& argument : actor.arguments)
      if (argument.type) collect(argument.type);
}

void HostTypes::collect(TypePtr type) {
  if (const auto* array = type->as<ArrayType>()) return collect(array->element);
  if (const auto* vector = type->as<VectorType>()) return collect(vector->element);
  if (const auto* structure = type->as<StructType>()) collect(*structure->decl);
}

void HostTypes::collect(const StructDecl& decl) {
  if (!seen_.insert(decl.name).second) return;
  if (is_main_file(decl)) {
    for (const StructDecl::Field& field : decl.fields)
      collect(field.type);
    defined_.push_back(&decl);
  } else {
    headers_.insert(module_.files[decl.loc.file].include_spelling);
    included_.push_back(&decl);
    // The template's arguments may come from elsewhere: array<Point, 4>.
    for (const StructDecl::Field& field : decl.fields)
      collect(field.type);
  }
}

/// A class inside a class cannot be defined from outside it, whatever its name looks like.
bool HostTypes::keeps_name(const StructDecl& decl) const {
  if (!is_main_file(decl)) return true;
  if (!is_plain_name(decl.cpp_name)) return false;
  const std::size_t scope = last_scope(decl.cpp_name);
  if (scope == std::string::npos) return true;
  const std::string outer = decl.cpp_name.substr(0, scope);
  return std::ranges::none_of(module_.structs,
                              [&](const StructDecl& each) { return each.cpp_name == outer; });
}

std::string HostTypes::namespace_of(const StructDecl& decl) const {
  if (!keeps_name(decl)) return module_namespace_;
  const std::size_t scope = last_scope(decl.cpp_name);
  return scope == std::string::npos ? "" : decl.cpp_name.substr(0, scope);
}

std::string HostTypes::own_name(const StructDecl& decl) const {
  if (!keeps_name(decl)) return decl.name;
  const std::size_t scope = last_scope(decl.cpp_name);
  return scope == std::string::npos ? decl.cpp_name : decl.cpp_name.substr(scope + 2);
}

std::string HostTypes::name(const StructDecl& decl) const {
  if (!keeps_name(decl)) return "::" + module_namespace_ + "::" + decl.name;
  return "::" + decl.cpp_name;
}

std::string HostTypes::name(TypePtr type) const { return declare(type, ""); }

std::string HostTypes::declare(TypePtr type, const std::string& declarator) const {
  const auto with = [&](const std::string& text) {
    return declarator.empty() ? text : text + " " + declarator;
  };
  if (const auto* scalar = type->as<ScalarType>())
    return with(std::string(scalar_name(scalar->kind)));
  if (const auto* structure = type->as<StructType>()) return with(name(*structure->decl));
  if (const auto* array = type->as<ArrayType>())
    return declare(array->element, declarator + "[" + std::to_string(array->count) + "]");
  // Anything else has no place in memory that a host shares; the verifier has seen to that.
  return with("void*");
}

} // namespace ring::backends::host
