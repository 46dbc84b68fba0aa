// How types are written in the C family: `const float* p`, `float (&row)[16]`, `span<const u8>`.
// The scalar names (u8 … u64, i8 … i64) are typedefs that each target's prelude defines.
#pragma once

#include "ir/type.h"

#include <functional>
#include <string>
#include <string_view>

namespace ring::backends {

std::string_view c_name_of(ir::Scalar kind); // "u32", "float", "bool"

/// Writes types, given the names of the structs in the output.
class CTypes {
public:
  using StructName = std::function<std::string(const ir::StructDecl&)>;

  explicit CTypes(StructName struct_name) : struct_name_(std::move(struct_name)) {}

  /// A type on its own, as in a cast or a template argument.
  std::string name(ir::TypePtr type) const { return declare(type, ""); }
  /// A declaration: declare(array<f32, 4>, "x") is "float x[4]".
  std::string declare(ir::TypePtr type, const std::string& declarator) const {
    return spell(type, declarator, false);
  }
  std::string declare_const(ir::TypePtr type, const std::string& declarator) const {
    return spell(type, declarator, true);
  }

private:
  std::string spell(ir::TypePtr type, const std::string& declarator, bool is_const) const;
  std::string spell_indirect(ir::TypePtr pointee, ir::Access access, char sigil,
                             const std::string& declarator, bool is_const) const;

  StructName struct_name_;
};

} // namespace ring::backends
