// NAME.ring.js: what the runtime in JavaScript must know of a module, the WGSL, and behind them
// that runtime itself (runtime/js), so that the file imports nothing and runs wherever WebGPU does.
#include "backends/common/source_writer.h"
#include "backends/host/actor_facts.h"
#include "backends/host/js_abi.h"
#include "backends/host/js_runtime.h"
#include "backends/host/kernel_facts.h"

#include "ir/transform/expand_actors.h"
#include "ir/type.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace ring::backends::host {
namespace {

using namespace ir;
using Json = nlohmann::ordered_json; // keys in the order of writing
using Kind = RingKernel::Argument::Kind;

/// The names that runtime/js exports; an actor of such a name gets an underscore.
constexpr std::string_view kRuntimeExports[] = {"Runtime", "RingError"};

/// What a std::array holds; null for other structs.
TypePtr array_of(const StructDecl& decl) {
  return decl.cpp_name.starts_with("std::array<") && decl.fields.size() == 1
             ? decl.fields.front().type
             : nullptr;
}

/// A type as runtime/js/codec.js takes it.
Json type_of(TypePtr type) {
  if (const auto* array = type->as<ArrayType>())
    return {{"array", type_of(array->element)}, {"count", array->count}};
  if (const auto* vector = type->as<VectorType>())
    return {{"array", type_of(vector->element)}, {"count", vector->count}};
  if (const auto* structure = type->as<StructType>()) {
    const TypePtr elements = array_of(*structure->decl);
    return elements ? type_of(elements) : Json{{"struct", structure->decl->name}};
  }
  return to_string(type);
}

/// The structs that messages and arguments are made of, by name.
class Structs {
public:
  void add(TypePtr type) {
    if (const auto* array = type->as<ArrayType>()) return add(array->element);
    const auto* structure = type->as<StructType>();
    if (!structure) return;
    const TypePtr elements = array_of(*structure->decl);
    elements ? add(elements) : add(*structure->decl);
  }
  void add(const StructDecl& decl) {
    if (!seen_.insert(decl.name).second) return;
    Json fields = Json::array();
    for (const StructDecl::Field& field : decl.fields) {
      add(field.type);
      fields.push_back(
          {{"name", field.name}, {"type", type_of(field.type)}, {"offset", field.offset}});
    }
    json_[decl.name] = {{"size", decl.size}, {"fields", std::move(fields)}};
  }
  const Json& json() const { return json_; }

private:
  std::set<std::string> seen_;
  Json json_ = Json::object();
};

Json structs_of(const std::vector<ActorFacts>& actors) {
  Structs structs;
  for (const MessageFacts& message : messages_of(actors))
    structs.add(*message.type);
  for (const ActorFacts& actor : actors)
    for (const ArgumentFacts& argument : actor.arguments)
      if (argument.type) structs.add(argument.type);
  return structs.json();
}

/// By id.
Json table_of(const std::vector<MessageFacts>& messages) {
  Json table = Json::object();
  for (const MessageFacts& message : messages)
    table[std::to_string(message.id)] = {{"struct", message.type->name},
                                         {"cppName", message.type->cpp_name},
                                         {"size", message.type->size}};
  return table;
}

Json ids_of(const std::vector<MessageFacts>& messages) {
  Json ids = Json::array();
  for (const MessageFacts& message : messages)
    ids.push_back(message.id);
  return ids;
}

Json describe(const ArgumentFacts& argument) {
  Json j{{"name", argument.name}, {"kind", name_of(argument.kind)}, {"size", argument.size}};
  if (argument.type) j["type"] = type_of(argument.type);
  if (argument.kind == Kind::span)
    j["param"] = argument.param;
  else
    j["offset"] = argument.offset;
  if (argument.kind == Kind::route) j["messages"] = ids_of(argument.messages);
  return j;
}

Json describe(const ActorFacts& actor) {
  Json arguments = Json::array();
  for (const ArgumentFacts& argument : actor.arguments)
    arguments.push_back(describe(argument));
  return {{"name", actor.ring->actor},
          {"type", actor.type},
          {"scope", name_of(actor.ring->scope)},
          {"lanes", actor.ring->lanes},
          {"mailbox", actor.ring->mailbox},
          {"priorities", actor.ring->priorities},
          {"statesParam", actor.states_param},
          {"stateSize", actor.ring->state ? actor.ring->state->size : 0},
          {"argumentsSize", actor.arguments_size},
          {"receives", ids_of(actor.receives)},
          {"replies", ids_of(actor.replies)},
          {"arguments", std::move(arguments)}};
}

Json describe(const KernelFacts& kernel, bool has_trap) {
  Json params = Json::array();
  for (const ParamFacts& param : kernel.params)
    params.push_back({{"name", param.name},
                      {"kind", param.is_span ? "span" : "value"},
                      {"access", param.is_writable ? "read_write" : "read"},
                      {"size", param.size},
                      {"offset", param.block_offset}});
  return {{"name", kernel.function->name},
          {"params", std::move(params)},
          {"paramsSize", kernel.params_block_size},
          {"hasTrap", has_trap}};
}

std::string text_of(const Json& json, int indent = 2) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

/// One string for each line, so that a diff of the file is a diff of the artefact.
void print_wgsl(SourceWriter& out, std::string_view wgsl) {
  out.open("ringModule.wgsl = [");
  while (!wgsl.empty()) {
    const std::size_t end = std::min(wgsl.find('\n'), wgsl.size());
    out.line(text_of(Json(std::string(wgsl.substr(0, end))), -1) + ",");
    wgsl.remove_prefix(std::min(end + 1, wgsl.size()));
  }
  out.close("].join('\\n') + '\\n';");
}

std::string export_name(const ActorFacts& actor) {
  std::string name = actor.function->name;
  while (std::ranges::find(kRuntimeExports, name) != std::end(kRuntimeExports))
    name += "_";
  return name;
}

const KernelFacts* bounded_of(const std::vector<KernelFacts>& kernels, const Inputs& inputs) {
  const auto found = std::ranges::find_if(kernels, [&](const KernelFacts& kernel) {
    return kernel.is_schedule &&
           kernel.function->name == transform::bounded_kernel_name(*inputs.module);
  });
  return found == kernels.end() ? nullptr : &*found;
}

constexpr std::size_t kWgsl = 4;
static_assert(kTargets[kWgsl].driver_name == "wgsl");

} // namespace

bool has_js(const Inputs& inputs) {
  const std::vector<KernelFacts> kernels = kernel_facts(inputs);
  const KernelFacts* bounded = bounded_of(kernels, inputs);
  return bounded && bounded->is_in[kWgsl];
}

Result<std::string> js(const Inputs& inputs) {
  const std::vector<ActorFacts> actors = actor_facts(inputs);
  const std::vector<KernelFacts> kernels = kernel_facts(inputs);
  const KernelFacts* bounded = bounded_of(kernels, inputs);
  if (actors.empty() || !bounded)
    return error(DiagnosticId::bad_option, {},
                 "a JavaScript module runs actors, and '" + inputs.module->name + "' has none");
  const Artefact* wgsl = artefact_of(inputs, kTargets[kWgsl]);
  if (!wgsl || !bounded->is_in[kWgsl])
    return error(DiagnosticId::bad_option, {},
                 "a JavaScript module runs WGSL, and '" + inputs.module->name +
                     "' cannot be had there: " +
                     (wgsl ? bounded->why_not[kWgsl] : "--target= leaves it out"));

  Json module;
  const std::uint64_t hash = layout_hash(actors);
  module["name"] = inputs.module->name;
  module["source"] = inputs.module->files.front().name;
  module["layoutHash"] = {static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)};
  module["structs"] = structs_of(actors);
  module["messages"] = table_of(messages_of(actors));
  module["actors"] = Json::array();
  for (const ActorFacts& actor : actors)
    module["actors"].push_back(describe(actor));
  module["kernel"] = describe(*bounded, inputs.has_trap);

  SourceWriter out;
  out.line("// Made by ringcc from " + inputs.module->files.front().name + ".");
  out.line("//");
  out.line("//   import { Runtime, " + export_name(actors.front()) + " } from './" +
           inputs.module->name + ".ring.js';");
  out.blank();
  out.line("const ringAbi = " + js_abi() + ";");
  out.blank();
  out.verbatim("const ringModule = " + text_of(module) + ";");
  print_wgsl(out, std::get<std::string>(*wgsl));
  out.blank();
  for (const ActorFacts& actor : actors) {
    const std::string index = std::to_string(actor.type - 1);
    out.line("const ringActor" + index + " = { module: ringModule, facts: ringModule.actors[" +
             index + "] };");
    out.line("export { ringActor" + index + " as " + export_name(actor) + " };");
  }
  out.blank();
  out.verbatim(std::string(kJsRuntime));
  return out.take();
}

} // namespace ring::backends::host
