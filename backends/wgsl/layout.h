// WGSL's own layout of structs (WGSL, section 14.4.1), and what has to be said where C++ has
// another.
#pragma once

#include "ir/type.h"

#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace ring::backends::wgsl {

/// The bytes that WGSL gives to a type by itself.
struct NaturalLayout {
  std::uint64_t align = 4;
  std::uint64_t size = 4;
};
NaturalLayout natural_layout(ir::TypePtr type);

/// For each field the value of its @size attribute, if it needs one for the next field (or the end
/// of the struct) to be where C++ has it.
std::vector<std::optional<std::uint64_t>> size_attributes(const ir::StructDecl& decl);

/// The structs that a type consists of.
void collect_structs(ir::TypePtr type, std::set<const ir::StructDecl*>& structs);

} // namespace ring::backends::wgsl
