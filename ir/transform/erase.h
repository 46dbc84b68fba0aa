// Takes functions, globals and structs out of a module. Functions and globals that stay may move;
// every reference in the module follows them, pointers elsewhere do not. Structs stay where they
// are.
#pragma once

#include "ir/module.h"

#include <functional>

namespace ring::ir::transform {

/// Nothing that stays may call what goes.
void erase_functions(Module& module, const std::function<bool(const Function&)>& goes);

/// Nothing that stays may refer to what goes.
void erase_globals(Module& module, const std::function<bool(const Global&)>& goes);

/// Removes the structs that no global, function, local or expression has anything to do with.
void erase_unused_structs(Module& module);

} // namespace ring::ir::transform
