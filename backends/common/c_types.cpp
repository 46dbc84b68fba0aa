#include "backends/common/c_types.h"

#include "ir/overloaded.h"

#include <array>

namespace ring::backends {
namespace {

using namespace ir;

std::string base_type(std::string text, const std::string& declarator, bool is_const) {
  if (is_const) text.insert(0, "const ");
  return declarator.empty() ? text : text + " " + declarator;
}

} // namespace

std::string_view c_name_of(Scalar kind) {
  constexpr std::array<std::string_view, 13> kNames{"bool", "i8",    "i16",   "i32", "i64",
                                                    "u8",   "u16",   "u32",   "u64", "f16",
                                                    "bf16", "float", "double"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string CTypes::spell_indirect(TypePtr pointee, Access access, char sigil,
                                   const std::string& declarator, bool is_const) const {
  const bool read_only = access == Access::read;
  if (pointee->is<ArrayType>()) {
    return spell(pointee, "(" + std::string(1, sigil) + declarator + ")", read_only);
  }
  std::string text = spell(pointee, "", read_only) + sigil;
  if (is_const && sigil == '*') text += " const";
  return declarator.empty() ? text : text + " " + declarator;
}

std::string CTypes::spell(TypePtr type, const std::string& declarator, bool is_const) const {
  return match(
      type->node, [&](const VoidType&) { return base_type("void", declarator, is_const); },
      [&](const ScalarType& t) {
        return base_type(std::string(c_name_of(t.kind)), declarator, is_const);
      },
      [&](const VectorType& t) {
        return base_type("vec<" + name(t.element) + ", " + std::to_string(t.count) + ">",
                         declarator, is_const);
      },
      [&](const ArrayType& t) {
        return spell(t.element, declarator + "[" + std::to_string(t.count) + "]", is_const);
      },
      [&](const StructType& t) { return base_type(struct_name_(*t.decl), declarator, is_const); },
      [&](const RefType& t) {
        return spell_indirect(t.pointee, t.access, '&', declarator, is_const);
      },
      [&](const PtrType& t) {
        return spell_indirect(t.pointee, t.access, '*', declarator, is_const);
      },
      [&](const SpanType& t) {
        return base_type("span<" + spell(t.element, "", t.access == Access::read) + ">", declarator,
                         is_const);
      });
}

} // namespace ring::backends
