#include "ir/json.h"

#include "ir/intrinsic_names.h"
#include "ir/json_state.h"
#include "ir/overloaded.h"
#include "ir/printer.h"

namespace ring::ir {
namespace json {

Json place(Loc loc) { return Json{{"file", loc.file}, {"line", loc.line}, {"column", loc.column}}; }

namespace {

Json structure(const StructDecl& decl) {
  Json fields = Json::array();
  for (const StructDecl::Field& field : decl.fields) {
    fields.push_back({{"name", field.name}, {"type", print(field.type)}, {"offset", field.offset}});
  }
  return {{"name", decl.name},   {"cpp_name", decl.cpp_name},   {"size", decl.size},
          {"align", decl.align}, {"fields", std::move(fields)}, {"loc", place(decl.loc)}};
}

Json global(const Global& variable, ModuleWriter& writer) {
  Json value{{"id", writer.id(&variable)},
             {"name", variable.name},
             {"type", print(variable.type)},
             {"space", name_of(variable.space)},
             {"access", name_of(variable.access)}};
  const bool bound =
      variable.space == AddressSpace::storage || variable.space == AddressSpace::params;
  if (bound) value["binding"] = variable.binding;
  if (variable.initializer) value["initializer"] = writer.expr(*variable.initializer);
  value["loc"] = place(variable.loc);
  return value;
}

Json messages(const std::vector<RingKernel::Message>& list) {
  Json result = Json::array();
  for (const RingKernel::Message& message : list)
    result.push_back({{"type", message.type->name}, {"id", message.id}});
  return result;
}

Json ring_kernel(const RingKernel& kernel, ModuleWriter& writer) {
  using Kind = RingKernel::Argument::Kind;
  Json value{
      {"kind", "ring"},        {"actor", kernel.actor},     {"scope", name_of(kernel.scope)},
      {"lanes", kernel.lanes}, {"mailbox", kernel.mailbox}, {"priorities", kernel.priorities}};
  if (kernel.state) value["state"] = kernel.state->name;
  value["receives"] = messages(kernel.receives);
  value["replies"] = messages(kernel.replies);
  Json arguments = Json::array();
  for (const RingKernel::Argument& argument : kernel.arguments) {
    Json fields{
        {"kind", name_of(argument.kind)}, {"name", argument.name}, {"type", print(argument.type)}};
    if (argument.kind != Kind::span) fields["word"] = argument.word;
    if (argument.kind == Kind::span) fields["bound"] = writer.id(argument.bound);
    if (argument.kind == Kind::route) fields["messages"] = messages(argument.messages);
    arguments.push_back(std::move(fields));
  }
  value["arguments"] = std::move(arguments);
  return value;
}

Json kernel(const Kernel& kernel, ModuleWriter& writer) {
  Json value = match(
      kernel.kind,
      [](const GlobalKernel& kind) { return Json{{"kind", "global"}, {"block", kind.block}}; },
      [&](const RingKernel& kind) { return ring_kernel(kind, writer); });
  Json bindings = Json::array();
  for (const Global* global : kernel.bindings)
    bindings.push_back(writer.id(global));
  value["bindings"] = std::move(bindings);
  return value;
}

Json function(const Function& function, ModuleWriter& writer) {
  Json params = Json::array();
  for (const Local* param : function.params)
    params.push_back(writer.declare(*param));
  Json value{{"name", function.name},
             {"cpp_name", function.cpp_name},
             {"params", std::move(params)},
             {"result", print(function.result)},
             {"has_side_effects", function.has_side_effects}};
  if (function.is_collective) value["is_collective"] = true;
  if (function.kernel) value["kernel"] = kernel(*function.kernel, writer);
  value["body"] = writer.block(function.body);
  value["loc"] = place(function.loc);
  return value;
}

} // namespace
} // namespace json

std::string to_json(const Module& module) {
  json::ModuleWriter writer;
  json::Json files = json::Json::array();
  for (const SourceFile& file : module.files) {
    files.push_back({{"name", file.name}, {"include", file.include_spelling}});
  }
  json::Json structs = json::Json::array();
  for (const StructDecl& decl : module.structs)
    structs.push_back(json::structure(decl));
  json::Json globals = json::Json::array();
  for (const Global& global : module.globals)
    globals.push_back(json::global(global, writer));
  json::Json functions = json::Json::array();
  for (const Function& function : module.functions) {
    functions.push_back(json::function(function, writer));
  }
  const json::Json document{{"format", "ringcc module"},
                            {"version", 1},
                            {"name", module.name},
                            {"files", std::move(files)},
                            {"structs", std::move(structs)},
                            {"globals", std::move(globals)},
                            {"functions", std::move(functions)}};
  // Names come from the user's source, whose bytes may be no UTF-8.
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

} // namespace ring::ir
