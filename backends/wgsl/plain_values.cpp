#include "backends/wgsl/plain_values.h"

#include "ir/transform/flatten.h"

namespace ring::backends::wgsl {

using namespace ir;

Status plain_values(Module& module) {
  transform::FlattenConfig config;
  config.expand = [](const Expr& expr) {
    return expr.is<Select>() && !expr.type->is<ScalarType>() && !expr.type->is<VectorType>();
  };
  for (Function& function : module.functions)
    transform::flatten(module, function.body, config);
  for (StructDecl& decl : module.structs) {
    if (decl.fields.empty()) decl.fields.push_back({"unused", module.types.u32(), 0});
  }
  return Success{};
}

} // namespace ring::backends::wgsl
