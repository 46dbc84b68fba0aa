// Takes functions and globals out of a module. Those that stay may move; every reference in the
// module follows them, pointers elsewhere do not.
#pragma once

#include "ir/module.h"

#include <functional>

namespace ring::ir::transform {

/// Nothing that stays may call what goes.
void erase_functions(Module& module, const std::function<bool(const Function&)>& goes);

/// Nothing that stays may refer to what goes.
void erase_globals(Module& module, const std::function<bool(const Global&)>& goes);

} // namespace ring::ir::transform
