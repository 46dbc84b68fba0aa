// How a struct of the C family is declared so that its fields lie where the module says: with
// alignas where that is enough, with padding where more was left out than alignment explains (a
// span of an actor's state belongs to the launch, not to the struct).
#pragma once

#include "ir/type.h"

#include <cstdint>
#include <vector>

namespace ring::backends {

struct CStructLayout {
  struct Field {
    std::uint64_t padding = 0;  // bytes to declare in front of it
    std::uint64_t alignas_ = 0; // 0: none
  };
  std::vector<Field> fields;
  std::uint64_t tail = 0;  // bytes to declare behind the last field
  bool is_aligned = false; // the struct itself needs an alignas
};

CStructLayout c_layout_of(const ir::StructDecl& decl);

} // namespace ring::backends
