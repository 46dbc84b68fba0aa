#include "backends/wgsl/layout.h"

#include "ir/overloaded.h"

#include <algorithm>

namespace ring::backends::wgsl {
namespace {

using namespace ir;

std::uint64_t round_up(std::uint64_t value, std::uint64_t align) {
  return (value + align - 1) / align * align;
}

NaturalLayout struct_layout(const StructDecl& decl) {
  const auto sizes = size_attributes(decl);
  NaturalLayout layout{1, 0};
  for (std::size_t i = 0; i < decl.fields.size(); ++i) {
    const NaturalLayout field = natural_layout(decl.fields[i].type);
    layout.align = std::max(layout.align, field.align);
    layout.size = round_up(layout.size, field.align) + sizes[i].value_or(field.size);
  }
  layout.size = round_up(layout.size, layout.align);
  return layout;
}

} // namespace

NaturalLayout natural_layout(TypePtr type) {
  return match(
      type->node, [](const VoidType&) { return NaturalLayout{1, 0}; },
      [](const ScalarType& t) {
        const std::uint64_t bytes = bit_width(t.kind) == 16 ? 2 : 4;
        return NaturalLayout{bytes, bytes};
      },
      [](const VectorType& t) {
        const std::uint64_t bytes = natural_layout(t.element).size;
        return NaturalLayout{bytes * (t.count == 3 ? 4 : t.count), bytes * t.count};
      },
      [](const ArrayType& t) {
        const NaturalLayout element = natural_layout(t.element);
        return NaturalLayout{element.align, round_up(element.size, element.align) * t.count};
      },
      [](const StructType& t) { return struct_layout(*t.decl); },
      [](const auto&) { return NaturalLayout{}; }); // references are in no memory
}

std::vector<std::optional<std::uint64_t>> size_attributes(const StructDecl& decl) {
  std::vector<std::optional<std::uint64_t>> sizes(decl.fields.size());
  for (std::size_t i = 0; i < decl.fields.size(); ++i) {
    const StructDecl::Field& field = decl.fields[i];
    const bool is_last = i + 1 == decl.fields.size();
    const std::uint64_t next = is_last ? decl.size : decl.fields[i + 1].offset;
    const std::uint64_t align = is_last ? 4 : natural_layout(decl.fields[i + 1].type).align;
    const NaturalLayout natural = natural_layout(field.type);
    if (round_up(field.offset + natural.size, align) != next) sizes[i] = next - field.offset;
  }
  return sizes;
}

void collect_structs(TypePtr type, std::set<const StructDecl*>& structs) {
  if (const auto* array = type->as<ArrayType>()) return collect_structs(array->element, structs);
  const auto* structure = type->as<StructType>();
  if (!structure || !structs.insert(structure->decl).second) return;
  for (const StructDecl::Field& field : structure->decl->fields) {
    collect_structs(field.type, structs);
  }
}

} // namespace ring::backends::wgsl
