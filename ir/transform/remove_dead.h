// Removes what nothing uses: functions that no kernel reaches, globals, structs, lets and variables
// that are never read, branches without statements, statements that are never reached.
#pragma once

#include "ir/module.h"
#include "ir/result.h"

namespace ring::ir::transform {

/// In a module without kernels (a library) all functions and structs stay.
Status remove_dead(Module& module);

} // namespace ring::ir::transform
