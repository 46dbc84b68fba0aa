#include "ir/module.h"

namespace ring::ir {

Function* Module::find_function(std::string_view function_name) {
  for (Function& function : functions) {
    if (function.name == function_name) return &function;
  }
  return nullptr;
}

} // namespace ring::ir
