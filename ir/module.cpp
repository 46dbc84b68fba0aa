#include "ir/module.h"

namespace ring::ir {

std::string_view name_of(RingScope scope) {
  constexpr std::array<std::string_view, 4> kNames{"serial", "warp", "block", "parallel"};
  return kNames[static_cast<std::size_t>(scope)];
}

std::string_view name_of(RingKernel::Argument::Kind kind) {
  constexpr std::array<std::string_view, 3> kNames{"value", "span", "route"};
  return kNames[static_cast<std::size_t>(kind)];
}

Function* Module::find_function(std::string_view function_name) {
  for (Function& function : functions) {
    if (function.name == function_name) return &function;
  }
  return nullptr;
}

} // namespace ring::ir
