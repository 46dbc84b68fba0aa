#include "backends/host/actor_facts.h"
#include "backends/host/host_types.h"
#include "backends/host/literal.h"

#include "ir/type.h"

#include <nlohmann/json.hpp>

namespace ring::backends::host {
namespace {

using namespace ir;
using Json =
    nlohmann::ordered_json; // keys in the order of writing: the output is read by people too

constexpr int kFormat = 1; // runtime/loader reads the same number

Json describe(const ParamFacts& param) {
  Json j;
  j["name"] = param.name;
  j["kind"] = param.is_span ? "span" : param.is_struct() ? "struct" : "scalar";
  j["type"] = param.type ? to_string(param.type) : "u32";
  if (param.is_span) j["access"] = param.is_writable ? "read_write" : "read";
  j["size"] = param.size;
  j["align"] = param.align;
  j["offset"] = param.block_offset;
  return j;
}

Json describe(const KernelFacts& kernel, bool has_trap) {
  Json j;
  j["name"] = kernel.function->name;
  j["line"] = kernel.function->loc.line;
  j["block"] = kernel.block;
  j["params"] = Json::array();
  for (const ParamFacts& param : kernel.params)
    j["params"].push_back(describe(param));
  j["params_block_size"] = kernel.params_block_size;
  j["shared_bytes"] = kernel.shared_bytes;
  j["has_trap"] = has_trap;
  j["features"] = Json::array();
  for (Capability feature : kernel.features)
    j["features"].push_back(name_of(feature));
  j["targets"] = Json::object();
  for (std::size_t i = 0; i < kTargets.size(); ++i) {
    Json& target = j["targets"][std::string(kTargets[i].image_name)];
    if (kernel.why_not[i].empty())
      target = kernel.is_in[i];
    else
      target = kernel.why_not[i];
  }
  j["cpu_entry"] = kernel.cpu_entry;
  return j;
}

Json describe(const HostTypes& types, const StructDecl& decl) {
  Json j;
  j["name"] = decl.name;
  j["cpp_name"] = decl.cpp_name;
  j["host_name"] = types.name(decl);
  j["size"] = decl.size;
  j["align"] = decl.align;
  j["fields"] = Json::array();
  for (const StructDecl::Field& field : decl.fields)
    j["fields"].push_back(
        {{"name", field.name}, {"type", to_string(field.type)}, {"offset", field.offset}});
  return j;
}

Json describe(const std::vector<MessageFacts>& messages) {
  Json list = Json::array();
  for (const MessageFacts& message : messages)
    list.push_back({{"name", message.type->cpp_name},
                    {"struct", message.type->name},
                    {"id", message.id},
                    {"size", message.type->size},
                    {"align", message.type->align}});
  return list;
}

Json describe(const ArgumentFacts& argument) {
  using Kind = RingKernel::Argument::Kind;
  Json j;
  j["name"] = argument.name;
  j["kind"] = name_of(argument.kind);
  if (argument.type) j["type"] = to_string(argument.type);
  if (argument.kind == Kind::span) {
    j["access"] = argument.is_writable ? "read_write" : "read";
    j["param"] = argument.param;
  } else {
    j["offset"] = argument.offset;
  }
  j["size"] = argument.size;
  j["align"] = argument.align;
  if (argument.kind == Kind::route) j["messages"] = describe(argument.messages);
  return j;
}

Json describe(const ActorFacts& actor) {
  Json j;
  j["name"] = actor.ring->actor;
  j["function"] = actor.function->name;
  j["cpp_name"] = actor.function->cpp_name;
  j["line"] = actor.function->loc.line;
  j["type"] = actor.type;
  j["scope"] = name_of(actor.ring->scope);
  j["lanes"] = actor.ring->lanes;
  j["mailbox"] = actor.ring->mailbox;
  j["priorities"] = actor.ring->priorities;
  j["state_size"] = actor.ring->state ? actor.ring->state->size : 0;
  j["state_align"] = actor.ring->state ? actor.ring->state->align : 1;
  j["states_param"] = actor.states_param;
  j["arguments_size"] = actor.arguments_size;
  j["receives"] = describe(actor.receives);
  j["replies"] = describe(actor.replies);
  j["arguments"] = Json::array();
  for (const ArgumentFacts& argument : actor.arguments)
    j["arguments"].push_back(describe(argument));
  return j;
}

} // namespace

std::string json(const Inputs& inputs) {
  const std::vector<KernelFacts> kernels = kernel_facts(inputs);
  const std::vector<ActorFacts> actors = actor_facts(inputs);
  const HostTypes types(inputs, kernels, actors);
  Json j;
  j["format"] = kFormat;
  j["module"] = inputs.module->name;
  j["namespace"] = inputs.module_namespace;
  j["source"] = inputs.module->files.front().name;
  j["fp"] = inputs.fp == FloatMode::strict ? "strict" : "fast";
  j["artefacts"] = Json::object();
  for (const TargetRow& target : kTargets)
    if (artefact_of(inputs, target))
      j["artefacts"][std::string(target.image_name)] =
          inputs.module->name + std::string(target.suffix);
  j["structs"] = Json::array();
  for (const StructDecl* decl : types.included())
    j["structs"].push_back(describe(types, *decl));
  for (const StructDecl* decl : types.defined())
    j["structs"].push_back(describe(types, *decl));
  j["kernels"] = Json::array();
  for (const KernelFacts& kernel : kernels)
    j["kernels"].push_back(describe(kernel, inputs.has_trap));
  j["actors"] = Json::array();
  for (const ActorFacts& actor : actors)
    j["actors"].push_back(describe(actor));
  // As text: readers in JavaScript have no 64-bit numbers.
  j["layout_hash"] = hexadecimal(layout_hash(actors));
  // File names need not be UTF-8; JSON must be.
  return j.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace ring::backends::host
